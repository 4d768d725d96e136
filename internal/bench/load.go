package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// clients is how many connections ask at once, each for the next answer when it
// has the last.
const clients = 32

// pressed is what a server did under load.
type pressed struct {
	perSecond float64
	p50, p99  time.Duration
	bytes     int // of one answer's body
}

// press asks an address for a path over and over. It speaks HTTP by hand, so that
// it takes little of the processors that the server needs.
func press(address, path, encoding string, length time.Duration) (pressed, error) {
	ask := "GET " + path + " HTTP/1.1\r\nHost: " + address + "\r\nAccept-Encoding: " + encoding + "\r\n\r\n"
	var all sync.WaitGroup
	var mu sync.Mutex
	var times []time.Duration
	var failed error
	size := 0
	began := time.Now()
	for range clients {
		all.Go(func() {
			own, bytes, err := keepAsking(address, ask, began.Add(length))
			mu.Lock()
			defer mu.Unlock()
			times = append(times, own...)
			size = bytes
			if err != nil {
				failed = err
			}
		})
	}
	all.Wait()
	took := time.Since(began)
	if failed != nil || len(times) == 0 {
		return pressed{}, fmt.Errorf("%s%s: %d answers, %w", address, path, len(times), failed)
	}
	slices.Sort(times)
	return pressed{float64(len(times)) / took.Seconds(), times[len(times)/2], times[len(times)*99/100], size}, nil
}

func keepAsking(address, ask string, until time.Time) (times []time.Duration, size int, err error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, 0, err
	}
	defer conn.Close()
	r := bufio.NewReaderSize(conn, 64<<10)
	for time.Now().Before(until) {
		began := time.Now()
		if _, err := io.WriteString(conn, ask); err != nil {
			return times, size, err
		}
		if size, err = skipAnswer(r); err != nil {
			return times, size, err
		}
		times = append(times, time.Since(began))
	}
	return times, size, nil
}

// skipAnswer reads one answer and returns the length of its body.
func skipAnswer(r *bufio.Reader) (int, error) {
	status, err := r.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if !strings.HasPrefix(string(status), "HTTP/1.1 200") {
		return 0, fmt.Errorf("answers %s", strings.TrimSpace(string(status)))
	}
	length := -1
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		if len(line) <= 2 {
			break
		}
		if name, value, ok := strings.Cut(string(line), ":"); ok && strings.EqualFold(name, "Content-Length") {
			if length, err = strconv.Atoi(strings.TrimSpace(value)); err != nil {
				return 0, err
			}
		}
	}
	if length >= 0 {
		_, err = r.Discard(length)
		return length, err
	}
	for total := 0; ; { // in pieces
		line, err := r.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		piece, err := strconv.ParseInt(strings.TrimSpace(string(line)), 16, 64)
		if err != nil {
			return 0, err
		}
		total += int(piece)
		if _, err := r.Discard(int(piece) + 2); err != nil || piece == 0 {
			return total, err
		}
	}
}
