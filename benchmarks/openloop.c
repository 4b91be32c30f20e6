/* An open-loop load: readers come when they come, whether answers do or not.
 *
 *     openloop HOST PORT RATE SECONDS CONNECTIONS REQUESTS
 *
 * Arrivals are random and independent (Poisson) with RATE a second in the mean. Each takes an idle connection, or
 * waits for one; its time counts from when it was due, so a stall of the server is met by everybody who would
 * have come meanwhile (no coordinated omission); after 2 s without a connection they go away, which is an error. REQUESTS is a file of whole requests, each after its length
 * (4 bytes, little-endian); they are taken by chance. The first tenth of SECONDS warms up and doesn't count.
 * SIGTERM ends it early, with the figures so far.
 *
 * Prints one JSON line: counts, microseconds from due to the last byte at several quantiles, and `lag`, how late
 * the generator itself was when a connection was idle: if that is large the machine, not the server, was measured.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { MOST_EVENTS = 256, ROOM = 1 << 16, HEAD = 8192, MOST_WAITING = 1 << 22 };
static const uint64_t PATIENCE = 2000000000u; /* nanoseconds; who then still waits for a connection goes away */

typedef struct {
    int fd;
    int busy;
    uint64_t due;
    int64_t left; /* of the body; -1 while the head isn't whole */
    int held;
    char head[HEAD];
} Line;

typedef struct {
    uint32_t *values;
    size_t count, room;
} Times;

static struct sockaddr_in address;
static int poll_fd;
static Line *lines;
static int *idle, idle_count;
static char **requests;
static uint32_t *lengths;
static uint32_t request_count;
static Times waits, lags;
static uint64_t counts_from, answered, errors, received;

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void die(const char *what) {
    perror(what);
    exit(1);
}

static volatile sig_atomic_t told_to_end;
static void end_early(int number) { told_to_end = number; }

static uint64_t chance_state = 88172645463325252u;
static uint64_t chance(void) { /* xorshift64: the same sequence in every round */
    chance_state ^= chance_state << 13;
    chance_state ^= chance_state >> 7;
    return chance_state ^= chance_state << 17;
}

static void note(Times *times, uint64_t nanoseconds) {
    if (times->count == times->room) {
        times->room = times->room ? times->room * 2 : 1 << 16;
        times->values = realloc(times->values, times->room * sizeof *times->values);
        if (!times->values) die("memory");
    }
    uint64_t tenths = nanoseconds / 100;
    times->values[times->count++] = tenths > UINT32_MAX ? UINT32_MAX : (uint32_t)tenths;
}

static int smaller(const void *one, const void *other) {
    uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
    return (a > b) - (a < b);
}

static double at(const Times *times, double share) {
    if (!times->count) return 0;
    size_t place = (size_t)((double)times->count * share);
    return times->values[place < times->count ? place : times->count - 1] / 10.0;
}

static void open_line(int number) {
    Line *line = &lines[number];
    line->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (line->fd < 0) die("socket");
    int yes = 1;
    setsockopt(line->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(line->fd, (struct sockaddr *)&address, sizeof address) < 0) die("connect");
    fcntl(line->fd, F_SETFL, O_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)number};
    if (epoll_ctl(poll_fd, EPOLL_CTL_ADD, line->fd, &event) < 0) die("epoll_ctl");
    line->busy = 0;
    idle[idle_count++] = number;
}

static void lose(int number) {
    Line *line = &lines[number];
    if (line->busy) {
        errors++;
    } else { /* closed while idle, as servers may: not an error, and not idle any more */
        for (int i = 0; i < idle_count; i++)
            if (idle[i] == number) { idle[i] = idle[--idle_count]; break; }
    }
    close(line->fd);
    open_line(number);
}

static void ask(uint64_t due) {
    int number = idle[--idle_count];
    Line *line = &lines[number];
    uint32_t which = (uint32_t)(chance() % request_count);
    line->busy = 1;
    line->due = due;
    line->left = -1;
    line->held = 0;
    if (send(line->fd, requests[which], lengths[which], MSG_NOSIGNAL) != (ssize_t)lengths[which]) lose(number);
}

static void finish(int number) {
    Line *line = &lines[number];
    uint64_t moment = now();
    if (line->due >= counts_from) {
        answered++;
        note(&waits, moment - line->due);
    }
    line->busy = 0;
    idle[idle_count++] = number;
}

/* What the head says of the body's length; -1 where it says none or isn't 200. */
static int64_t promised(char *head) {
    if (strncmp(head, "HTTP/1.1 200", 12)) return -1;
    char *found = strcasestr(head, "\r\ncontent-length:");
    return found ? atoll(found + 17) : -1;
}

static void hear(int number) {
    static char room[ROOM];
    Line *line = &lines[number];
    for (;;) {
        ssize_t got = recv(line->fd, room, sizeof room, 0);
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
        if (got <= 0 || !line->busy) {
            lose(number);
            return;
        }
        received += (uint64_t)got;
        if (line->left >= 0) {
            line->left -= got;
        } else {
            int before = line->held;
            int taken = (int)got < HEAD - 1 - before ? (int)got : HEAD - 1 - before;
            memcpy(line->head + before, room, (size_t)taken);
            line->held = before + taken;
            line->head[line->held] = 0;
            char *end = strstr(line->head, "\r\n\r\n");
            if (end) {
                end[2] = 0;
                int64_t length = promised(line->head);
                if (length < 0) {
                    lose(number);
                    return;
                }
                line->left = length - (got - (end + 4 - line->head - before));
            } else if (taken < got) {
                lose(number);
                return;
            }
        }
        if (line->left == 0) {
            finish(number);
            return;
        }
        if (got < ROOM) return;
    }
}

static void read_requests(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) die(path);
    uint32_t length;
    while (fread(&length, 4, 1, file) == 1) {
        requests = realloc(requests, (request_count + 1) * sizeof *requests);
        lengths = realloc(lengths, (request_count + 1) * sizeof *lengths);
        requests[request_count] = malloc(length);
        if (fread(requests[request_count], 1, length, file) != length) die("requests");
        lengths[request_count++] = length;
    }
    fclose(file);
    if (!request_count) die("no requests");
}

int main(int count, char **given) {
    if (count != 7) {
        fprintf(stderr, "usage: openloop HOST PORT RATE SECONDS CONNECTIONS REQUESTS\n");
        return 2;
    }
    double rate = atof(given[3]), seconds = atof(given[4]);
    int connections = atoi(given[5]);
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)atoi(given[2]));
    if (inet_pton(AF_INET, given[1], &address.sin_addr) != 1) die("host");
    read_requests(given[6]);
    signal(SIGTERM, end_early);
    prctl(PR_SET_TIMERSLACK, 1); /* else the kernel may wake us 50 µs late */
    poll_fd = epoll_create1(0);
    lines = calloc((size_t)connections, sizeof *lines);
    idle = calloc((size_t)connections, sizeof *idle);
    for (int i = 0; i < connections; i++) open_line(i);
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = UINT32_MAX};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, timer, &event);

    uint64_t *waiting = malloc(MOST_WAITING * sizeof *waiting);
    size_t first = 0, after = 0;
    uint64_t asked = 0, start = now(), end = start + (uint64_t)(seconds * 1e9), due = start;
    counts_from = start + (uint64_t)(seconds * 1e8);
    uint64_t give_up = end + 5000000000u;
    struct epoll_event events[MOST_EVENTS];
    for (;;) {
        uint64_t moment = now();
        if (told_to_end && moment < end) {
            end = moment;
            give_up = end + 5000000000u;
        }
        while (due < end && due <= moment) {
            if (due >= counts_from) asked++;
            if (idle_count && first == after) {
                if (due >= counts_from) note(&lags, moment - due);
                ask(due);
            } else {
                if (after - first == MOST_WAITING) die("too many waiting");
                waiting[after++ % MOST_WAITING] = due;
            }
            double share = (double)((chance() >> 11) + 1) / 9007199254740993.0;
            due += (uint64_t)(-log(share) / rate * 1e9);
        }
        while (first != after && moment > waiting[first % MOST_WAITING] + PATIENCE) {
            first++;
            errors++;
        }
        while (idle_count && first != after) ask(waiting[first++ % MOST_WAITING]);
        if (due >= end && first == after && idle_count == connections) break;
        if (moment > give_up) break;
        int64_t wait = (int64_t)((due < end ? due : moment + 100000000u) - now());
        if (wait > 0) {
            struct itimerspec span = {.it_value = {wait / 1000000000, wait % 1000000000}};
            timerfd_settime(timer, 0, &span, NULL);
        }
        int heard = epoll_wait(poll_fd, events, MOST_EVENTS, wait > 0 ? -1 : 0);
        for (int i = 0; i < heard; i++) {
            if (events[i].data.u32 == UINT32_MAX) {
                uint64_t times;
                if (read(timer, &times, sizeof times) < 0 && errno != EAGAIN) die("timer");
            } else {
                hear((int)events[i].data.u32);
            }
        }
    }
    errors += after - first + (uint64_t)(connections - idle_count); /* never answered */
    qsort(waits.values, waits.count, sizeof(uint32_t), smaller);
    qsort(lags.values, lags.count, sizeof(uint32_t), smaller);
    printf("{\"asked\": %llu, \"answered\": %llu, \"errors\": %llu, \"bytes\": %llu, \"p50\": %.1f, \"p90\": %.1f, "
           "\"p99\": %.1f, \"p999\": %.1f, \"most\": %.1f, \"lag\": %.1f}\n",
           (unsigned long long)asked, (unsigned long long)answered, (unsigned long long)errors,
           (unsigned long long)received, at(&waits, .5), at(&waits, .9), at(&waits, .99), at(&waits, .999),
           at(&waits, 1), at(&lags, .99));
    return 0;
}
