package auth

import (
	"context"
	"crypto/subtle"
	"slices"

	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/internal/fault"
)

// SetUpCode returns a code with which the first administrator makes the own
// account, within a day; empty when there is an administrator.
func (s *Store) SetUpCode(ctx context.Context) (string, error) {
	conn := s.db.WithContext(ctx)
	if n, err := admins(conn); err != nil || n > 0 {
		return "", err
	}
	secret, now := newSecret(80), s.db.NowFunc()
	link := Link{Hash: HashOf(secret), Kind: KindSetUp, CreatedAt: now, ExpiresAt: now.Add(lifetimes[KindSetUp])}
	return grouped(secret), db.Fault(conn.Create(&link).Error, "make the code of the first set-up")
}

// SetUp makes the first administrator. It is done once.
func (s *Store) SetUp(ctx context.Context, who audit.Who, code string, d Details, password string) (User, error) {
	user := d.user(s.db.NowFunc())
	user.Roles = []UserRole{{Role: Admin}}
	problems := d.check()
	problems = append(problems, checkNew(password, user)...)
	if err := problems.Err(); err != nil {
		return User{}, err
	}
	if err := s.Try(ctx, "address:"+who.Origin, perAddress); err != nil {
		return User{}, err
	}
	if err := checkSetUp(s.db.WithContext(ctx), HashOf(typed(code))); err != nil { // before the costly part, which anybody could ask for
		return User{}, err
	}
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return User{}, err
	}
	user.PasswordHash, who.Name = hash, user.Name
	err = audit.Transact(ctx, s.db, who, func(tx *db.DB, log *audit.Log) error {
		if err := takeSetUp(tx, HashOf(typed(code))); err != nil {
			return err
		}
		if err := create(tx, &user); err != nil {
			return err
		}
		log.Add(audit.Change{Action: "setup", Noun: "user", Record: user.Email, After: user})
		return nil
	})
	return user, err
}

// takeSetUp uses up all codes when one of them is the right one and there is
// still no administrator.
func takeSetUp(tx *db.DB, hash string) error {
	if err := lockAdmins(tx); err != nil {
		return err
	}
	if err := checkSetUp(tx, hash); err != nil {
		return err
	}
	taken := tx.Delete(&Link{}, "kind = ?", KindSetUp)
	if taken.Error == nil && taken.RowsAffected == 0 { // somebody else was faster
		return errLink
	}
	return db.Fault(taken.Error, "use up the code")
}

// checkSetUp refuses a code that is not the right one, and any once there is an
// administrator.
func checkSetUp(tx *db.DB, hash string) error {
	n, err := admins(tx)
	if err != nil {
		return err
	}
	var links []Link
	if err := tx.Find(&links, "kind = ? AND used_at IS NULL AND expires_at > ?", KindSetUp, tx.NowFunc()).Error; err != nil {
		return db.Fault(err, "read the codes of the first set-up")
	}
	right := slices.ContainsFunc(links, func(l Link) bool { return subtle.ConstantTimeCompare([]byte(l.Hash), []byte(hash)) == 1 })
	if n > 0 || !right {
		problems := fault.Problems{}
		problems.Add("code", "error.setup_code")
		return problems.Err()
	}
	return nil
}

// admins counts the administrators who may sign in.
func admins(tx *db.DB) (int64, error) {
	var n int64
	err := tx.Model(&User{}).Where("disabled_at IS NULL AND (expires_at IS NULL OR expires_at > ?) AND id IN (?)", tx.NowFunc(),
		tx.Model(&UserRole{}).Select("user_id").Where("role = ?", Admin)).Count(&n).Error
	return n, db.Fault(err, "count the administrators")
}
