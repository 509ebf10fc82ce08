"""Rich text of documents (正文): cleaned, read as text, marked, compared, edited.

What comes in is somebody's HTML, what goes out is one small vocabulary in one form.
"""
