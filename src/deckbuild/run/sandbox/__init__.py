"""What keeps a program away from everything but its own folder.

Goes in: what the build allows. Comes out: a process that is confined, layer by layer, and for each kind of harm the proof by an
attack that it is stopped, or the reason why not. Nothing here needs a library or root.

interpreter  before all else: its file cannot be changed
namespaces   before the libraries are loaded: own processes, network, IPC, a disk of limited size, another user than root
seal         in each child, first: a disk of its own, all others read-only
rlimits      in each child: memory, file size, descriptors, processes
landlock     in each child: which files, no connections, no signals to others
seccomp      in each child, last: no process, no socket, nothing that changes the system
probe        attacks, at the start
"""
