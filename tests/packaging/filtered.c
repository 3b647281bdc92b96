// filtered NAMES PROGRAM ARGS…: runs a program as the systemd unit would have it: only the system
// calls named in the file (one a line), EPERM for others, no memory that is both written and
// executed, and no new privileges.
#include "base/file.h"

#include <seccomp.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

#ifndef PR_SET_MDWE
enum { PR_SET_MDWE = 65 }; // Linux 6.3
#endif

static bool allow(scmp_filter_ctx c, Arena *a, Str name)
{
    int number = seccomp_syscall_resolve_name(str_to_z(a, name));
    if (number == __NR_SCMP_ERROR) // of another architecture, or newer than this libseccomp
        return true;
    return number < 0 || seccomp_rule_add(c, SCMP_ACT_ALLOW, number, 0) == 0;
}

int main(int argc, char **argv)
{
    CLEANUP(arena_end) Arena a = arena_new(64 << 20);
    Str names, name;
    Err err;
    if (argc < 3 || !file_read(str_z(argv[1]), 1 << 20, &a, &names, &err))
        return 2;
    scmp_filter_ctx c = seccomp_init(SCMP_ACT_ERRNO(1)); // EPERM
    bool well = c != NULL;
    for (bool more = names.n > 0; well && more;) {
        more = str_cut(names, S("\n"), &name, &names);
        well = !name.n || allow(c, &a, name);
    }
    if (prctl(PR_SET_MDWE, 1, 0, 0, 0) != 0)
        fputs("filtered: this kernel has no PR_SET_MDWE\n", stderr);
    if (!well || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || seccomp_load(c) != 0)
        return 3;
    execvp(argv[2], argv + 2);
    return 4;
}
