"""What a surface says, decided once: sentences in the listener's language, and what is shown.

Pure: from a view's own values to words of the catalogues. Must not know a page's markup.
"""
