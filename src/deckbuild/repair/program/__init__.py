"""How a program is read: the names that its statements bind, change, read and need, and what these depend on."""
