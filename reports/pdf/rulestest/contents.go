package rulestest

import (
	"bytes"
	"strconv"
	"strings"
)

// run is one thing that a page paints, with the marks around it.
type run struct {
	operator string
	font     string
	codes    []int    // of text
	marks    []string // "Artifact" or "MCID 3", from outside in
}

// readContents lists what a page's contents paint. Of operators that no file of
// ours has it makes a run too, so that rules can name them.
func readContents(data []byte) []run {
	var out []run
	var operands []string
	var marks []string
	font := ""
	for len(data) > 0 {
		token, rest := nextToken(data)
		data = rest
		if token == "" {
			break
		}
		if c := token[0]; strings.IndexByte("/(<[0123456789-.]>", c) >= 0 {
			operands = append(operands, token)
			continue
		}
		switch token {
		case "BMC", "BDC":
			name := strings.Join(operands, " ")
			switch at := strings.Index(name, "/MCID "); {
			case strings.HasPrefix(name, "/Artifact"):
				name = "Artifact"
			case at >= 0:
				name = "MCID " + strings.Trim(strings.Fields(name[at+6:])[0], "/>")
			}
			marks = append(marks, name)
		case "EMC":
			marks = marks[:len(marks)-1]
		case "Tf":
			font = operands[len(operands)-2]
		case "Tj", "TJ", "f", "f*", "B", "b", "S", "s", "Do", "sh", "BI", "gs", "'", "\"":
			r := run{operator: token, font: font, marks: append([]string(nil), marks...)}
			for _, o := range operands {
				if o[0] == '(' {
					s := unescape(o[1 : len(o)-1])
					for i := 0; i+1 < len(s); i += 2 {
						r.codes = append(r.codes, int(s[i])<<8|int(s[i+1]))
					}
				}
			}
			out = append(out, r)
		default:
			if !strings.Contains(" q Q BT ET Td Tm Tz rg RG g G re m l c h w d J j n W ", " "+token+" ") {
				out = append(out, run{operator: token, marks: append([]string(nil), marks...)})
			}
		}
		operands = nil
	}
	return out
}

// nextToken cuts a number, name, string, bracket or operator off.
func nextToken(data []byte) (token string, rest []byte) {
	data = bytes.TrimLeft(data, " \n\r\t\x00\f")
	if len(data) == 0 {
		return "", nil
	}
	switch data[0] {
	case '(':
		depth := 0
		for i := 0; i < len(data); i++ {
			switch data[i] {
			case '\\':
				i++
			case '(':
				depth++
			case ')':
				if depth--; depth == 0 {
					return string(data[:i+1]), data[i+1:]
				}
			}
		}
		return "", nil
	case '[', ']':
		return string(data[:1]), data[1:]
	case '<', '>':
		if len(data) > 1 && data[1] == data[0] {
			return string(data[:2]), data[2:]
		}
		if end := bytes.IndexByte(data, '>'); end >= 0 {
			return string(data[:end+1]), data[end+1:]
		}
		return "", nil
	}
	end := bytes.IndexAny(data[1:], " \n\r\t\x00\f()<>[]/")
	if end < 0 {
		return string(data), nil
	}
	return string(data[:end+1]), data[end+1:]
}

func unescape(s string) []byte {
	var out []byte
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			out = append(out, s[i])
			continue
		}
		i++
		switch s[i] {
		case 'r':
			out = append(out, '\r')
		case 'n':
			out = append(out, '\n')
		case '0', '1', '2', '3':
			n, _ := strconv.ParseUint(s[i:i+3], 8, 8)
			out = append(out, byte(n))
			i += 2
		default:
			out = append(out, s[i])
		}
	}
	return out
}
