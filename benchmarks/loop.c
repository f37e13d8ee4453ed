/* A hand-written event loop of the common workload (see workload.toml): the yardstick for the compiled engine.
   Citizens have a meeting with their coordinator every INTERVAL weeks on average, first come first served, and
   leave at an exponential time; whoever leaves is replaced by the Poisson inflow. Counts meetings; with `records` it
   also keeps what the engine's tables show of this workload: of every citizen entry, exit, contacts and waits, of
   every coordinator hours and list, of every week stock, flows and who waits. Keeps no log. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

typedef struct { double time; int32_t kind, who; int64_t serial; } Event;
typedef struct { double exit; int32_t coordinator, next, gone, n; double entry, joined, waited; int32_t contacts, waits; } Citizen;
typedef struct { int32_t first, last, busy, load; double since, area, begun, hours; } Desk;
typedef struct { int32_t stock, entries, exits, held, waiting; } Week;
enum { CALL, DONE, ARRIVAL };

static Event *heap;
static int64_t count, serial;

static double uniform(uint64_t key, uint32_t person, uint32_t replication, uint32_t n) { /* Philox 4x32-10 */
    uint32_t c0 = n, c1 = 0, c2 = person, c3 = replication, k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
    for (int i = 0; i < 10; i++) {
        uint64_t p0 = 0xD2511F53ULL * c0, p1 = 0xCD9E8D57ULL * c2;
        c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0; c1 = (uint32_t)p1;
        c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1; c3 = (uint32_t)p0;
        k0 += 0x9E3779B9; k1 += 0xBB67AE85;
    }
    return ((c0 >> 6) * 67108864.0 + (c1 >> 6) + 0.5) / 4503599627370496.0;
}

static int before(const Event *a, const Event *b) {
    return a->time < b->time || (a->time == b->time && a->serial < b->serial);
}

static void push(double time, int kind, int who) {
    int64_t i = count++;
    Event e = { time, kind, who, serial++ };
    while (i > 0 && before(&e, &heap[(i - 1) / 2])) { heap[i] = heap[(i - 1) / 2]; i = (i - 1) / 2; }
    heap[i] = e;
}

static Event pop(void) {
    Event top = heap[0], e = heap[--count];
    int64_t i = 0, below;
    while ((below = 2 * i + 1) < count) {
        if (below + 1 < count && before(&heap[below + 1], &heap[below])) below++;
        if (!before(&heap[below], &e)) break;
        heap[i] = heap[below]; i = below;
    }
    heap[i] = e;
    return top;
}

/* Runs one replication; returns the number of meetings held. */
int64_t run(int64_t stock, int64_t desks, double horizon, double inflow, double interval, double weeks,
            double hazard, uint64_t seed, uint32_t replication, int64_t records) {
    int64_t room = stock + (int64_t)(inflow * horizon * 1.2) + 1000, people = 0, held = 0;
    Citizen *c = calloc(room, sizeof *c);
    Desk *d = calloc(desks, sizeof *d);
    heap = malloc((room + desks + 8) * sizeof *heap);
    count = serial = 0;
    for (int64_t k = 0; k < desks; k++) d[k].first = d[k].last = d[k].busy = -1;
#define DRAW(i) (-log(1.0 - uniform(seed, (uint32_t)(i), replication, (uint32_t)c[i].n++)))
    Week *rows = calloc((size_t)horizon + 2, sizeof *rows), flow = { 0, 0, 0, 0, 0 };
    int64_t week = 0;
    double now = 0.0, arrival = 0.0;
#define LIST(k) if (records) { d[k].area += d[k].load * (now - d[k].since); d[k].since = now; }
    uint32_t arrivals = 0;
    while (people < stock || count > 0) {
        Event e = { now, ARRIVAL, 0, 0 };
        if (people >= stock) { e = pop(); now = e.time; }
        for (; records && week <= now && week <= horizon; week++) {
            for (int64_t i = 0; i < people; i++) if (!c[i].gone) { flow.stock++; flow.waiting += c[i].waits; }
            rows[week] = flow;
            flow = (Week){ 0, 0, 0, 0, 0 };
        }
        if (now >= horizon) break;
        if (e.kind == ARRIVAL) {
            if (people >= room) abort();
            int32_t i = (int32_t)people++, best = 0;
            for (int64_t k = 1; k < desks; k++) if (d[k].load < d[best].load) best = (int32_t)k;
            LIST(best)
            d[best].load++;
            if (records) { c[i].entry = now; flow.entries++; }
            c[i].coordinator = best; c[i].next = -1;
            c[i].exit = now + DRAW(i) / hazard;
            push(now + interval * DRAW(i), CALL, i);
            if (people >= stock) {
                arrival = now - log(1.0 - uniform(seed, 0xFFFFFFFF, replication, arrivals++)) / inflow;
                push(arrival, ARRIVAL, 0);
            }
        } else {
            int32_t i = e.who, k = c[i].coordinator, next = -1;
            if (e.kind == CALL) {
                if (c[i].exit <= now) { LIST(k) d[k].load--; c[i].gone = 1; flow.exits++; continue; }
                if (records) { c[i].joined = now; c[i].waits = 1; }
                if (d[k].busy < 0) next = i;
                else { if (d[k].last >= 0) c[d[k].last].next = i; else d[k].first = i; d[k].last = i; c[i].next = -1; }
            } else {
                held++;
                d[k].busy = -1;
                if (records) d[k].hours += now - d[k].begun;
                if (c[i].exit <= now) { LIST(k) d[k].load--; c[i].gone = 1; flow.exits++; }
                else push(now + interval * DRAW(i), CALL, i);
                next = d[k].first;
                if (next >= 0) { d[k].first = c[next].next; if (d[k].first < 0) d[k].last = -1; }
            }
            if (next >= 0) {
                d[k].busy = next;
                if (records) {
                    d[k].begun = now; flow.held++; c[next].contacts++; c[next].waits = 0;
                    c[next].waited += now - c[next].joined;
                }
                push(now + weeks * DRAW(next), DONE, next);
            }
        }
    }
    int64_t rest = 0; /* What was recorded is used, or the compiler might leave it out. */
    for (int64_t i = 0; i < people; i++) rest += c[i].contacts + (c[i].waited < 0.0);
    for (int64_t k = 0; k < desks; k++) rest += d[k].hours < 0.0;
    for (int64_t i = 0; i <= horizon; i++) rest += rows[i].waiting < 0;
    if (records && (rest < held || rest > held + desks)) held = -1;
    free(c); free(d); free(heap); free(rows);
    return held;
}
