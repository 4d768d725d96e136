package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"gcm/indicators"
	"gcm/indicators/intake"
	"gcm/indicators/quality"
	"gcm/internal/auth"
	"gcm/internal/db"
	"gcm/migrations"
)

// million is how many observations are imported.
const million = 1_000_000

// postgresServer names the environment variable with the URL of a server on which
// a database may be filled; .ci/with-postgres sets it.
const postgresServer = "GCM_TEST_POSTGRES_URL"

// compareImports imports a million observations into each make of database, a
// second time when nothing is new, and beside that writes as many bare rows by
// the quickest way that there is: the limit. Then it lets the rules of quality
// look at them, and reads a series of each indicator.
func compareImports(stdout io.Writer) error {
	dir, err := os.MkdirTemp("", "gcm-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "million.csv")
	if err := writeMillion(file); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "| database | work | rows/s | s | processor s | peak MiB |\n|---|---|---|---|---|---|\n")
	for _, make := range [][2]string{{"SQLite", "sqlite:" + filepath.Join(dir, "bench.db")}, {"PostgreSQL", os.Getenv(postgresServer)}} {
		name, url := make[0], make[1]
		if url == "" {
			return fmt.Errorf("%s is not set: run this by .ci/with-postgres", postgresServer)
		}
		for _, work := range []string{"import", "again", "bare", "check"} {
			line, err := inProcess(name, work, file, url)
			if err != nil {
				return err
			}
			fmt.Fprint(stdout, line)
		}
		median, slowest, processor, err := seriesTimes(url)
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "| %s | a series of each indicator: median, slowest | | %.4f, %.4f | %.4f | |\n", name, median.Seconds(), slowest.Seconds(), processor.Seconds())
	}
	return nil
}

// inProcess does the work in a process of its own, whose memory can be told.
func inProcess(name, work, file, url string) (string, error) {
	cmd := exec.Command(os.Args[0], "import", work, file, url)
	cmd.Stderr = os.Stderr
	began := time.Now()
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s: %s: %w", name, work, err)
	}
	took := time.Since(began)
	usage, _ := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	processor := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return fmt.Sprintf("| %s | %s | %.0f | %.1f | %.1f | %d |\n", name, work, million/took.Seconds(), took.Seconds(), processor.Seconds(), usage.Maxrss>>10), nil
}

// eachOfMillion calls row with the columns of every observation: 100 indicators of
// 100 regions by sex over fifty years, which grow a little unevenly.
func eachOfMillion(row func(indicator string, year int, sex, region string, value float64) error) error {
	for n := range million {
		err := row(fmt.Sprintf("bench-%03d", n/10_000), 1975+n/200%50, []string{"f", "m"}[n/100%2], fmt.Sprintf("r%03d", n%100), float64(1000+n%100*13+n/200%50*10+n*7919%29))
		if err != nil {
			return err
		}
	}
	return nil
}

func writeMillion(path string) error { return writeObservations(path, million) }

// writeObservations writes the first so many of the million as CSV.
func writeObservations(path string, most int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "indicator,period,sex,region,value,unit")
	n := 0
	err = eachOfMillion(func(indicator string, year int, sex, region string, value float64) error {
		if n++; n > most {
			return nil
		}
		_, err := fmt.Fprintf(w, "%s,%d,%s,%s,%.0f,persons\n", indicator, year, sex, region, value)
		return err
	})
	if err == nil {
		err = w.Flush()
	}
	return err
}

// importOnce is the work of the process that inProcess starts.
func importOnce(work, file, url string) error {
	ctx := context.Background()
	g, err := db.Open(ctx, url)
	if err != nil {
		return err
	}
	defer db.Close(g)
	m, err := migrations.New(db.Pool(g), db.IsPostgres(g))
	if err != nil {
		return err
	}
	if _, err := m.Up(ctx); err != nil {
		return err
	}
	switch work {
	case "bare":
		return bare(ctx, g)
	case "check":
		return quality.NewStore(g).Run(ctx, func(quality.Finding) error { return nil })
	}
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	report, err := intake.Import(ctx, g, auth.System("bench"), intake.Source{Name: "million.csv", File: f, Size: info.Size()}, intake.Options{Create: true}, false, nil)
	if err == nil && report.Bad > 0 {
		err = fmt.Errorf("%d cells are wrong", report.Bad)
	}
	return err
}

// bare writes the same values into a table with the same key and nothing else, by
// COPY or a prepared statement: the limit of what the database takes.
func bare(ctx context.Context, g *db.DB) error {
	return db.Hold(ctx, g, func(ctx context.Context, g *db.DB) error {
		return db.Transact(ctx, g, func(tx *db.DB) error {
			err := tx.Exec("CREATE TABLE bare (indicator TEXT, period TEXT, breakdown TEXT, value DOUBLE PRECISION, unit TEXT, UNIQUE (indicator, period, breakdown))").Error
			if err != nil {
				return err
			}
			_, err = db.Bulk(tx, "bare", strings.Fields("indicator period breakdown value unit"), bareRows())
			return err
		})
	})
}

func bareRows() iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		_ = eachOfMillion(func(indicator string, year int, sex, region string, value float64) error {
			if !yield([]any{indicator, fmt.Sprint(year), "region=" + region + ";sex=" + sex, value, "persons"}, nil) {
				return io.EOF
			}
			return nil
		})
	}
}

// seriesTimes are the median and the longest time in which the fifty years of one
// cell are read, over one cell of each indicator, and the processor time of one.
func seriesTimes(url string) (median, slowest, processor time.Duration, err error) {
	ctx := context.Background()
	g, err := db.Open(ctx, url)
	if err != nil {
		return 0, 0, 0, err
	}
	defer db.Close(g)
	var times []time.Duration
	before := processorTime()
	for n := range million / 10_000 {
		began := time.Now()
		var rows []indicators.Observation
		err := g.Where("indicator_id = (SELECT id FROM indicators WHERE code = ?) AND breakdown = ?", fmt.Sprintf("bench-%03d", n), fmt.Sprintf("region=r%03d;sex=f", n)).
			Order("period").Find(&rows).Error
		if err == nil && len(rows) != 50 {
			err = fmt.Errorf("a series has %d values", len(rows))
		}
		if err != nil {
			return 0, 0, 0, err
		}
		times = append(times, time.Since(began))
	}
	slices.Sort(times)
	return times[len(times)/2], times[len(times)-1], (processorTime() - before) / time.Duration(len(times)), nil
}

// processorTime is what this process has used of the processors.
func processorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
