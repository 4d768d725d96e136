package indicators

import "math"

// unknown returns a column for each value that the public does not know and that
// stands in an equation.
func (s *system) unknown() map[int]int {
	columns := map[int]int{}
	for _, one := range s.all {
		for _, n := range one.members() {
			if _, there := columns[n]; !there && (n >= len(s.vars) || !s.vars[n].known()) {
				columns[n] = len(columns)
			}
		}
	}
	return columns
}

// found returns the primary values that the equations give away: alone, or in a
// sum that is too small to hide them.
func (s *system) found(columns map[int]int) []*variable {
	of := make([]*variable, len(columns))
	for n, column := range columns {
		if n < len(s.vars) {
			of[column] = s.vars[n]
		}
	}
	var list []*variable
	given := map[*variable]bool{}
	for _, row := range reduced(s.matrix(columns)) {
		for _, v := range s.given(row, of) {
			if !given[v] {
				given[v] = true
				list = append(list, v)
			}
		}
	}
	return list
}

// given returns the primary values that one solved equation gives away.
func (s *system) given(row []float64, of []*variable) []*variable {
	var members []*variable
	first := 0.0
	for column, c := range row {
		if math.Abs(c) < tiny {
			continue
		}
		if of[column] == nil || first != 0 && math.Abs(c-first) > tiny {
			return nil
		}
		first = c
		members = append(members, of[column])
	}
	if len(members) > 1 && !s.tight(members) {
		return nil
	}
	var list []*variable
	for _, v := range members {
		if v.primary {
			list = append(list, v)
		}
	}
	return list
}

// matrix writes the equations by their unknowns, without those that have none.
func (s *system) matrix(columns map[int]int) [][]float64 {
	var rows [][]float64
	for _, one := range s.all {
		row, any := make([]float64, len(columns)), false
		for i, n := range one.members() {
			if column, there := columns[n]; there {
				any = true
				if i == 0 {
					row[column]--
				} else {
					row[column]++
				}
			}
		}
		if any {
			rows = append(rows, row)
		}
	}
	return rows
}

// tiny is what elimination leaves of a zero.
const tiny = 1e-7

// reduced solves a matrix as far as it goes: each of its rows then has one
// unknown that no other row has. An unknown is given away exactly when it stands
// alone in a row.
func reduced(rows [][]float64) [][]float64 {
	done := 0
	for column := 0; len(rows) > 0 && column < len(rows[0]) && done < len(rows); column++ {
		pivot := done
		for r := done + 1; r < len(rows); r++ {
			if math.Abs(rows[r][column]) > math.Abs(rows[pivot][column]) {
				pivot = r
			}
		}
		if math.Abs(rows[pivot][column]) < tiny {
			continue
		}
		rows[done], rows[pivot] = rows[pivot], rows[done]
		by := rows[done][column]
		for c := range rows[done] {
			rows[done][c] /= by
		}
		for r, row := range rows {
			if f := row[column]; r != done && math.Abs(f) >= tiny {
				for c, x := range rows[done] {
					if x != 0 {
						row[c] -= f * x
					}
				}
			}
		}
		done++
	}
	return rows[:done]
}
