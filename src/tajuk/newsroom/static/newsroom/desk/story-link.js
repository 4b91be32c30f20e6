/* Links to a story in Wagtail's rich text editor: a window to choose one, and how it looks in the text. */
(() => {
  const { createElement } = window.React;
  const { EditorState, Modifier, RichUtils } = window.DraftJS;
  const { DocumentModalWorkflowSource, TooltipEntity } = window.draftail;

  class StoryLinkSource extends DocumentModalWorkflowSource {
    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.storyChooser,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    onChosen(story) {
      const { editorState, entityType, onComplete } = this.props;
      const selection = editorState.getSelection();
      const content = editorState
        .getCurrentContent()
        .createEntity(entityType.type, "MUTABLE", {
          id: story.id,
          url: story.edit_url,
          title: story.string,
        });
      const key = content.getLastCreatedEntityKey();
      const changed = selection.isCollapsed()
        ? EditorState.push(
            editorState,
            Modifier.replaceText(content, selection, story.string, null, key),
            "insert-characters",
          )
        : RichUtils.toggleLink(editorState, selection, key);
      this.workflow.close();
      onComplete(changed);
    }
  }

  const StoryLink = (props) => {
    const { url, title } = props.contentState
      .getEntity(props.entityKey)
      .getData();
    return createElement(TooltipEntity, {
      ...props,
      icon: createElement(window.wagtail.components.Icon, {
        name: url ? "doc-full" : "warning",
      }),
      label: title || "—",
      url: url || null,
    });
  };

  window.draftail.registerPlugin(
    { type: "STORY", source: StoryLinkSource, decorator: StoryLink },
    "entityTypes",
  );
})();
