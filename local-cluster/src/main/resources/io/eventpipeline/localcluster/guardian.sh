# Outlives the JVM that started it by a moment, to leave nothing behind. Reads one order a line from
# standard input, whose other end only that JVM holds:
#   add <pid>      a process to kill
#   del <pid>      that process has ended by itself
#   delete <path>  a folder to delete
# At the end of input, which comes however the JVM ends, it kills what is left, children included
# (also those that are stopped by SIGSTOP), and then deletes the folders.
trap '' HUP INT TERM QUIT
roots=' '
folders=
newline='
'
while read -r order argument; do
    case $order in
    add) roots="$roots$argument " ;;
    del)
        case $roots in
        *" $argument "*) roots="${roots%%" $argument "*} ${roots#*" $argument "}" ;;
        esac
        ;;
    delete) folders="$folders$argument$newline" ;;
    esac
done

# Prints "pid parent" of every process.
processes() {
    if [ -r /proc/self/stat ]; then
        for stat in /proc/[0-9]*/stat; do
            if read -r line 2>/dev/null <"$stat"; then
                pid=${stat#/proc/}
                # The name in brackets may hold blanks: the parent comes two words after it.
                rest=${line##*) }
                rest=${rest#* }
                echo "${pid%/stat} ${rest%% *}"
            fi
        done 2>/dev/null
    else
        ps -A -o pid= -o ppid=
    fi
}

tree=$roots
before=
while [ "$tree" != "$before" ]; do
    before=$tree
    # Stopped processes cannot fork while their children are counted.
    for pid in $tree; do kill -STOP "$pid" 2>/dev/null; done
    set -- $(processes)
    while [ $# -ge 2 ]; do
        case $tree in
        *" $2 "*)
            case $tree in
            *" $1 "*) ;;
            *) tree="$tree$1 " ;;
            esac
            ;;
        esac
        shift 2
    done
done
for pid in $tree; do kill -KILL "$pid" 2>/dev/null; done

if [ -n "$folders" ]; then
    IFS=$newline
    for attempt in 1 2 3; do
        # The killed may still hold their files for a moment.
        sleep 1
        rm -rf $folders 2>/dev/null && break
    done
fi
