package web

import (
	"sync"
	"time"

	"github.com/gin-gonic/gin"

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

// countedAs is where a visit keeps what counting it said.
const countedAs = "counted"

// counted counts the question of a visit, once however often it is asked for.
func (s *site) counted(c *gin.Context, who string) error {
	if said, there := c.Get(countedAs); there {
		err, _ := said.(error)
		return err
	}
	err := s.rate.take(who, s.Now())
	c.Set(countedAs, err)
	return err
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
