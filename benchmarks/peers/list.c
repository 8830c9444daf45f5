/* A list in a terminal with curses: all lines of a file in memory, a bar as cursor, a repaint of what changed. */
#define _GNU_SOURCE
#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char **rows;
static long count;

static void load(const char *path)
{
    FILE *file = fopen(path, "r");
    long room = 0;
    char *line = NULL;
    size_t size = 0;
    ssize_t length;

    if (file == NULL) {
        perror(path);
        exit(1);
    }
    while ((length = getline(&line, &size, file)) > 0) {
        if (line[length - 1] == '\n')
            line[length - 1] = '\0';
        if (count == room) {
            room = room ? 2 * room : 1024;
            rows = realloc(rows, room * sizeof *rows);
            if (rows == NULL)
                exit(1);
        }
        rows[count++] = strdup(line);
    }
    free(line);
    fclose(file);
}

static void draw(long top, long cursor)
{
    erase();
    for (int y = 0; y < LINES && top + y < count; y++) {
        if (top + y == cursor)
            attron(A_REVERSE);
        mvaddnstr(y, 0, rows[top + y], -1);
        attroff(A_REVERSE);
    }
    move(cursor - top, 0);
    refresh();
}

int main(int argc, char **argv)
{
    long top = 0, cursor = 1;
    int key;

    setlocale(LC_ALL, "");
    if (argc != 2)
        return 2;
    load(argv[1]);
    initscr();
    raw();
    noecho();
    keypad(stdscr, TRUE);
    draw(top, cursor);
    while ((key = getch()) != 'q') {
        switch (key) {
        case KEY_DOWN: cursor++; break;
        case KEY_UP: cursor--; break;
        case KEY_NPAGE: cursor += LINES; top += LINES; break;
        case KEY_PPAGE: cursor -= LINES; top -= LINES; break;
        case KEY_HOME: cursor = 0; break;
        case KEY_END: cursor = count - 1; break;
        default: continue;
        }
        cursor = cursor >= count ? count - 1 : cursor < 0 ? 0 : cursor;
        top = top > count - LINES ? count - LINES : top;
        top = cursor < top ? cursor : cursor >= top + LINES ? cursor - LINES + 1 : top;
        top = top < 0 ? 0 : top;
        draw(top, cursor);
    }
    endwin();
    return 0;
}
