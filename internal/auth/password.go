package auth

import (
	"context"
	"fmt"

	"github.com/alexedwards/argon2id"
)

// parameters of argon2id: as OWASP recommends, about 40 ms and 46 MiB.
var parameters = &argon2id.Params{Memory: 46 << 10, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// kitchens bounds how many passwords are hashed at once, and with it the memory.
var kitchens = make(chan struct{}, 2)

// nobody is the hash that the password of an unknown person is compared with,
// so that it takes as long as a known one's.
const nobody = "$argon2id$v=19$m=47104,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// hashPassword returns the hash that is kept.
func hashPassword(ctx context.Context, password string) (hash string, err error) {
	err = inKitchen(ctx, func() error {
		hash, err = argon2id.CreateHash(password, parameters)
		return err
	})
	return hash, err
}

// checkPassword compares a password with a hash; an empty hash fits none. Stale
// tells that the hash was made with other parameters than today's.
func checkPassword(ctx context.Context, password, hash string) (fits, stale bool, err error) {
	known := hash != ""
	if !known {
		hash = nobody
	}
	err = inKitchen(ctx, func() error {
		match, made, err := argon2id.CheckHash(password, hash)
		if err != nil {
			return fmt.Errorf("check a password: %w", err)
		}
		fits, stale = match && known, *made != *parameters
		return nil
	})
	return fits, stale, err
}

// inKitchen waits for a free place and works there.
func inKitchen(ctx context.Context, work func() error) error {
	select {
	case kitchens <- struct{}{}:
		defer func() { <-kitchens }()
		return work()
	case <-ctx.Done():
		return ctx.Err()
	}
}
