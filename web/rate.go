package web

import (
	"sync"
	"time"

	"gcm/internal/auth"
)

// rate counts what programs ask for, in this process: so many questions a minute
// for each who asks. Other replicas count for themselves.
type rate struct {
	limit  int // 0 for none
	mutex  sync.Mutex
	minute time.Time
	asked  map[string]int
}

// take counts a question; an *auth.TooMany says that it is one too many.
func (l *rate) take(who string, now time.Time) error {
	if l.limit <= 0 {
		return nil
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if minute := now.Truncate(time.Minute); minute != l.minute {
		l.minute, l.asked = minute, map[string]int{}
	}
	if l.asked[who]++; l.asked[who] > l.limit {
		return &auth.TooMany{Wait: l.minute.Add(time.Minute).Sub(now)}
	}
	return nil
}
