"""Reviews and suits over the body's answers: their register, deadlines and table four."""
