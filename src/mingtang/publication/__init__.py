"""Published documents as the law sees them: attribute, matter, number, term, validity.

What the Regulation and its notices say of a document that is disclosed on the body's
own motion (主动公开) is here as data and pure functions. Days are arguments; what is
published, by whom and when, a site keeps.
"""
