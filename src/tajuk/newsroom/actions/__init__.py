"""What the newsroom does to a story: each verb changes rows, writes the audit line and tells, in one transaction.

Every action takes `acting_user` (None: the house itself, such as the scheduler or an import) and `now`.
"""

from tajuk.newsroom.actions.correct_story import correct_story
from tajuk.newsroom.actions.due import expire_due, next_due, publish_due
from tajuk.newsroom.actions.kill_story import kill_story, restore_story
from tajuk.newsroom.actions.lift_embargo import lift_embargo
from tajuk.newsroom.actions.publish_story import publish_story
from tajuk.newsroom.actions.set_up_desk import set_up_desk
from tajuk.newsroom.actions.unpublish_story import expire_story, unpublish_story

__all__ = [
    "correct_story", "expire_due", "expire_story", "kill_story", "lift_embargo", "next_due", "publish_due",
    "publish_story", "restore_story", "set_up_desk", "unpublish_story",
]  # fmt: skip
