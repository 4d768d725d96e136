package auth

import (
	"bytes"
	"context"
	"crypto/subtle"
	"image/png"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"gcm/internal/audit"
	"gcm/internal/db"
	"gcm/internal/fault"
)

// stepLength is how long a one-time code counts.
const stepLength = 30 * time.Second

// Factor is a second factor that is not confirmed yet.
type Factor struct {
	Secret string // to be typed into the app
	URL    string // the same for its camera: otpauth://…
}

// NewFactor makes the secret of one-time codes for a person.
func NewFactor(issuer, email string) (Factor, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: email})
	if err != nil {
		return Factor{}, err
	}
	return Factor{key.Secret(), key.URL()}, nil
}

// PNG draws the factor for the app's camera.
func (f Factor) PNG() ([]byte, error) {
	key, err := otp.NewKeyFromURL(f.URL)
	if err != nil {
		return nil, err
	}
	picture, err := key.Image(232, 232)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = png.Encode(&b, picture)
	return b.Bytes(), err
}

// step finds the time step whose code it is: the present one or a neighbour,
// since clocks differ; 0 for none.
func step(secret, code string, now time.Time) int64 {
	for _, shift := range []time.Duration{0, -stepLength, stepLength} {
		at := now.Add(shift)
		want, err := totp.GenerateCode(secret, at)
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return at.Unix() / int64(stepLength.Seconds())
		}
	}
	return 0
}

var errCode = fault.Problems{{Field: "code", Key: "error.code"}}.Err()

// ConfirmFactor gives the actor a second factor, when the code shows that the
// app has it, and returns the recovery codes, which are shown this once. Other
// sessions than the one to keep are ended.
func (s *Store) ConfirmFactor(ctx context.Context, actor Actor, f Factor, code, password, keep string) (codes []string, err error) {
	if err := s.confirm(ctx, actor, password); err != nil {
		return nil, err
	}
	err = s.own(ctx, actor, "factor.add", func(tx *db.DB, user User) error {
		at := step(f.Secret, typed(code), tx.NowFunc())
		if at == 0 {
			return errCode
		}
		err := tx.Model(&user).Select("TOTPSecret", "TOTPStep").Updates(User{TOTPSecret: f.Secret, TOTPStep: at}).Error
		if err != nil {
			return db.Fault(err, "keep the second factor")
		}
		if codes, err = newCodes(tx, user.ID); err != nil {
			return err
		}
		return endSessions(tx, user.ID, keep)
	})
	return codes, err
}

// RemoveFactor takes away the actor's own second factor.
func (s *Store) RemoveFactor(ctx context.Context, actor Actor, password string) error {
	if err := s.confirm(ctx, actor, password); err != nil {
		return err
	}
	return s.own(ctx, actor, "factor.remove", func(tx *db.DB, user User) error { return removeFactor(tx, user.ID) })
}

// NewRecoveryCodes makes new recovery codes in place of the old ones.
func (s *Store) NewRecoveryCodes(ctx context.Context, actor Actor, password string) (codes []string, err error) {
	if err := s.confirm(ctx, actor, password); err != nil {
		return nil, err
	}
	err = s.own(ctx, actor, "recovery.renew", func(tx *db.DB, user User) error {
		if user.TOTPSecret == "" {
			return fault.New(fault.Conflict, "error.conflict", "user %d has no second factor", user.ID)
		}
		codes, err = newCodes(tx, user.ID)
		return err
	})
	return codes, err
}

func removeFactor(tx *db.DB, user int64) error {
	if err := tx.Delete(&RecoveryCode{}, "user_id = ?", user).Error; err != nil {
		return db.Fault(err, "remove the recovery codes")
	}
	return db.Fault(tx.Model(&User{ID: user}).Select("TOTPSecret", "TOTPStep").Updates(User{}).Error, "remove the second factor")
}

func newCodes(tx *db.DB, user int64) ([]string, error) {
	var codes []string
	var rows []RecoveryCode
	for range 10 {
		secret := newSecret(80)
		codes, rows = append(codes, grouped(secret)), append(rows, RecoveryCode{UserID: user, Hash: HashOf(secret)})
	}
	return codes, db.Replace(tx, "user_id", []int64{user}, rows)
}

// useCode uses up a one-time code or a recovery code of the person, and says
// which it was.
func useCode(tx *db.DB, user User, code string) (factor string, err error) {
	code = typed(code)
	if at := step(user.TOTPSecret, code, tx.NowFunc()); at != 0 {
		used := tx.Model(&User{}).Where("id = ? AND totp_step < ?", user.ID, at).Update("totp_step", at)
		if used.Error == nil && used.RowsAffected == 0 {
			return "", errCode
		}
		return "totp", db.Fault(used.Error, "use the code")
	}
	used := tx.Model(&RecoveryCode{}).Where("user_id = ? AND hash = ? AND used_at IS NULL", user.ID, HashOf(code)).Update("used_at", tx.NowFunc())
	if used.Error == nil && used.RowsAffected == 0 {
		return "", errCode
	}
	return "recovery", db.Fault(used.Error, "use the recovery code")
}

// CodesLeft counts the actor's recovery codes that were not used.
func (s *Store) CodesLeft(ctx context.Context, actor Actor) (int, error) {
	var n int64
	err := s.db.WithContext(ctx).Model(&RecoveryCode{}).Where("user_id = ? AND used_at IS NULL", actor.UserID).Count(&n).Error
	return int(n), db.Fault(err, "count the recovery codes")
}

// own changes the actor's own account, on record without what was changed.
func (s *Store) own(ctx context.Context, actor Actor, action string, change func(tx *db.DB, user User) error) error {
	return audit.Transact(ctx, s.db, actor.Who, func(tx *db.DB, log *audit.Log) error {
		user, err := find(tx, actor.UserID)
		if err != nil {
			return err
		}
		log.Add(audit.Change{Action: action, Noun: "user", Record: user.Email})
		return change(tx, user)
	})
}
