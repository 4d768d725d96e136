package notify

import (
	"bufio"
	"net"
	"strings"
	"sync"
	"testing"
)

// received is a letter as the sink got it.
type received struct {
	from string
	to   []string
	data string // with line ends as they came
}

// sink is a mail server on this machine that keeps what it takes. answer may
// give another answer to a command, or "drop" to cut the line; its argument
// after a letter is "END".
type sink struct {
	url    string
	answer func(command string) string

	mu      sync.Mutex
	letters []received
}

func newSink(t *testing.T, answer func(command string) string) *sink {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &sink{url: "smtp://" + l.Addr().String(), answer: answer}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go s.talk(conn)
		}
	}()
	return s
}

func (s *sink) post(t *testing.T) *Post {
	t.Helper()
	post, err := NewPost(s.url, "GCM <gcm@example.org>", "https://gcm.example")
	if err != nil {
		t.Fatal(err)
	}
	return post
}

func (s *sink) talk(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	var letter received
	say := func(line string) { _, _ = conn.Write([]byte(line + "\r\n")) }
	say("220 sink")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		command := strings.TrimSpace(line)
		verb, _, _ := strings.Cut(command, ":")
		switch reply := s.reply(command); {
		case reply == "drop":
			return
		case reply != "":
			say(reply)
			continue
		}
		switch verb {
		case "MAIL FROM":
			letter = received{from: command}
			say("250 ok")
		case "RCPT TO":
			letter.to = append(letter.to, command)
			say("250 ok")
		case "DATA":
			say("354 go on")
			var data strings.Builder
			for {
				line, err := in.ReadString('\n')
				if err != nil {
					return
				}
				if line == ".\r\n" {
					break
				}
				data.WriteString(line)
			}
			letter.data = data.String()
			switch reply := s.reply("END"); {
			case reply == "drop":
				return
			case reply != "":
				say(reply)
				continue
			}
			s.mu.Lock()
			s.letters = append(s.letters, letter)
			s.mu.Unlock()
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func (s *sink) reply(command string) string {
	if s.answer == nil {
		return ""
	}
	return s.answer(command)
}

func (s *sink) taken() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]received(nil), s.letters...)
}
