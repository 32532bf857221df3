"""What a program and its card say about a name, before it is known what it is: sizes, meetings, notes, the company that it keeps."""
