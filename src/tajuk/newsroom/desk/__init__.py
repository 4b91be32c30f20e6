"""The newsroom's furniture in Wagtail: menus, panels, buttons, audit lines, links between stories."""
