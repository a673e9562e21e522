"""What are people doing with calls? The queue, the warm transfer, the record of a contact, call-backs and enquiries."""
