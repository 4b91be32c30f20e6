"""The drawn pictures of the sample newspaper: every one is code, so none needs a licence."""
