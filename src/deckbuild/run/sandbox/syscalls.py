"""The system calls that a program must not make, by number, for each machine.

Source: the kernel's arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h (aarch64).
"""

from __future__ import annotations

from dataclasses import dataclass

NUMBERS: dict[str, tuple[int | None, int | None]] = {
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    "clone": (56, 220),
    "clone3": (435, 435),
    "socket": (41, 198),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    "kill": (62, 129),
    "tgkill": (234, 131),
    "prlimit64": (302, 261),
    "sched_setaffinity": (203, 122),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "kcmp": (312, 272),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "unshare": (272, 97),
    "setns": (308, 268),
    "chroot": (161, 51),
    "pivot_root": (155, 41),
    "mount": (165, 40),
    "umount2": (166, 39),
    "move_mount": (429, 429),
    "open_tree": (428, 428),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_setup": (206, 0),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "adjtimex": (159, 171),
    "clock_adjtime": (305, 266),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "syslog": (103, 116),
    "iopl": (172, None),
    "ioperm": (173, None),
    "vhangup": (153, 58),
    "fanotify_init": (300, 262),
    "fanotify_mark": (301, 263),
    "lookup_dcookie": (212, 18),
    "uselib": (134, None),
    "modify_ldt": (154, None),
    "personality": (135, 92),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "semget": (64, 190),
    "semop": (65, 193),
    "semctl": (66, 191),
    "msgget": (68, 186),
    "msgsnd": (69, 189),
    "msgrcv": (70, 188),
    "msgctl": (71, 187),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "setpriority": (141, 140),
    "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118),
    "sched_setattr": (314, 274),
    "ioprio_set": (251, 30),
    "semtimedop": (220, 192),
    "inotify_init": (253, None),
    "inotify_init1": (294, 26),
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "lchown": (94, None),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "truncate": (76, 45),
    "socketpair": (53, 199),
    "fcntl": (72, 25),
    "ioctl": (16, 29),
}
"""Name: (x86-64, aarch64); None where a machine has no such call."""
UNKNOWN_FROM = 463
"""Calls that are younger than this table are said not to exist. The numbers are the same on all machines from 424 on."""
MARKS = frozenset(
    (
        *("chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "lchown", "fchown", "fchownat"),
        *("utime", "utimes", "futimesat", "utimensat", "truncate"),
        *("setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr"),
    )
)
"""Modes, owners, times and attributes: Landlock lets whoever owns a file change those of any file; and `truncate`, which its first
versions do not know. Denied where not all other disks are sealed."""
PROCESSES = frozenset(("fork", "vfork", "execve", "execveat"))
NETWORK = frozenset(("socket", "connect", "bind", "listen", "accept", "accept4"))
"""Denied unless the build allows them."""
OWN_PROCESS = frozenset({"kill", "tgkill"})
"""Their first argument must be the calling process."""
OWN_OR_ZERO = frozenset({"prlimit64", "sched_setaffinity"})
"""The same, or 0, which means it."""
THREADS = "clone"
"""Only to start a thread."""
ABSENT = "clone3"
"""Said not to exist, so that the C library falls back to `clone`, whose flags a filter can see."""
SOCKET = "socket"
INTERNET = (2, 10)
"""The first argument, where the network is allowed: version 4 and 6. By a socket of the file system whoever listens there (a container's
or a desktop's master) is reached, by others the kernel and the machine's host."""
PAIR = "socketpair"
STREAM_PAIRS = (0x1, 0x801, 0x80001, 0x80801)
"""The second argument: only streams (which may be non-blocking, or closed on exec). A datagram socket sends to any address."""
SETTINGS = {
    "fcntl": {"F_SETOWN": 8, "F_SETSIG": 10, "F_SETOWN_EX": 15, "F_SETLEASE": 1024, "F_NOTIFY": 1026},
    "ioctl": {
        "FIOSETOWN": 0x8901,
        "SIOCSPGRP": 0x8902,
        "TIOCSTI": 0x5412,
        "FS_IOC_SETFLAGS": 0x40086602,
        "FS_IOC_FSSETXATTR": 0x401C5820,
    },
}
"""The second argument, denied: who is sent signals of a descriptor, and which; leases; typing into a terminal; marks of files."""
ALWAYS = (
    frozenset(NUMBERS) - MARKS - PROCESSES - NETWORK - OWN_PROCESS - OWN_OR_ZERO - {THREADS, ABSENT, PAIR, *SETTINGS}
)


@dataclass(frozen=True, slots=True)
class Machine:
    """A processor as the kernel names it in a filter."""

    audit_arch: int
    column: int

    def number(self, name: str) -> int | None:
        """Of a call of NUMBERS."""
        return NUMBERS[name][self.column]

    def known(self, name: str) -> int:
        """Of one that every machine has."""
        number = self.number(name)
        assert number is not None
        return number


MACHINES = {
    "x86_64": Machine(0xC000003E, 0),
    "aarch64": Machine(0xC00000B7, 1),
}
