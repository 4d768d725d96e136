package intake

import (
	"regexp"
	"slices"
	"strings"
)

// Role is what a column of a table says.
type Role string

// The roles. A Pivot is the column of one period in a wide table.
const (
	Ignored         Role = ""
	Dimension       Role = "dimension"
	OfIndicator     Role = "indicator"
	OfSeries        Role = "series" // tells apart what one indicator counts
	OfPeriod        Role = "period"
	OfValue         Role = "value"
	OfUnit          Role = "unit"
	OfMultiplier    Role = "multiplier"
	OfDecimals      Role = "decimals"
	OfQualifier     Role = "qualifier"
	OfStatus        Role = "status"
	OfConfidence    Role = "confidentiality"
	OfWording       Role = "wording"
	OfNote          Role = "note"
	OfSource        Role = "source"
	OfDetail        Role = "detail" // the period, where its own form in SDMX would not say it
	OfAction        Role = "action"
	OfArea          Role = "area"
	OfReportingType Role = "reporting_type"
	OfName          Role = "name" // of the indicator
	OfBreakdown     Role = "breakdown"
	OfGoal          Role = "sdg_indicator" // of the global list, which the indicator belongs to
	Pivot           Role = "pivot"
)

// Roles lists the roles that a person can give to a column, in the order in which
// they are shown.
var Roles = []Role{Ignored, OfIndicator, OfSeries, OfName, OfPeriod, OfValue, OfUnit, OfMultiplier, OfDecimals, OfQualifier, OfStatus, OfConfidence, OfWording, OfNote, OfSource, OfArea, Dimension, Pivot}

// Column is a column of a table with what it says.
type Column struct {
	Name      string `json:"name"` // as the head has it
	Role      Role   `json:"role"`
	Dimension string `json:"dimension,omitempty"` // of a Dimension: its name; of a Pivot: that of Code
	Period    string `json:"period,omitempty"`    // of a Pivot
	Code      string `json:"code,omitempty"`      // of a Pivot with a second line of head
	Language  string `json:"language,omitempty"`  // of notes, sources and names
	years     bool   // periods are years: 2003-05 ends in 2005
}

// known says what columns of usual names say, whatever the format: concepts of
// SDMX, columns of Open SDG and of the UN's database, and what officials write.
var known = map[string]Role{}

func init() {
	for role, names := range map[Role]string{
		OfIndicator:     "indicator,indicator code,indicator_code,kod,код,код показателя,показатель,көрсеткіш,көрсеткіш коды",
		OfSeries:        "series,seriescode,серия,қатар",
		OfName:          "indicator name,indicator_name,seriesdescription,series description,name,наименование,наименование показателя,атауы,көрсеткіш атауы",
		OfPeriod:        "time_period,timeperiod,time period,period,year,date,год,период,дата,жыл,кезең,күні,jahr,année",
		OfValue:         "obs_value,value,observation,значение,мән,мәні,wert,valeur",
		OfUnit:          "unit_measure,units,unit,[units],единица,единица измерения,ед. изм.,өлшем бірлігі,бірлік",
		OfMultiplier:    "unit_mult,unit multiplier,multiplier,множитель,көбейткіш",
		OfDecimals:      "decimals,знаков после запятой",
		OfQualifier:     "qualifier,уточнение",
		OfStatus:        "obs_status,observation status,[observation status],статус,статус наблюдения,мәртебе,күйі",
		OfConfidence:    "conf_status,confidentiality,конфиденциальность,құпиялылық",
		OfWording:       "value_text,wording,дословно",
		OfNote:          "note,notes,description,comment,comment_obs,comment_ts,footnote,footnotes,примечание,ескертпе",
		OfSource:        "source,source_detail,data source,источник,дереккөз",
		OfDetail:        "time_detail",
		OfAction:        "action",
		OfArea:          "ref_area,geoareacode",
		OfReportingType: "reporting_type,[reporting type]",
		OfBreakdown:     "breakdown",
		Ignored: "dataflow,structure,structure_id,structure_name,freq,[freq],goal,target,geoareaname,upperbound,lowerbound,baseperiod,timecoverage,geoinfourl,nature,[nature]," +
			"unit measure,progress,time_format,title,title_compl,source_type,data_last_update,last_update,upper_bound,lower_bound,base_per,geo_info_url,cust_breakdown_lb," +
			"obs_pre_break,pre_break_value,embargo,time_coverage,collection,isoalpha3,n,№,no",
	} {
		for name := range strings.SplitSeq(names, ",") {
			known[name] = role
		}
	}
}

// languaged is a column that says its language: "NOTE_kk", "name.ru", "Note (en)".
var languaged = regexp.MustCompile(`^(.+?)(?:_| \(|\.)([a-z]{2})\)?$`)

// columnOf says what a column of this name most likely says. A name that no
// format knows is that of a dimension.
func columnOf(name string) Column {
	shown := strings.TrimSpace(strings.TrimPrefix(name, "\ufeff"))
	plain := strings.ToLower(shown)
	c := Column{Name: shown}
	if role, ok := known[plain]; ok {
		c.Role = role
		return c
	}
	if m := languaged.FindStringSubmatch(plain); m != nil {
		switch role := known[m[1]]; role {
		case OfNote, OfSource, OfName:
			c.Role, c.Language = role, m[2]
			return c
		case OfIndicator, OfBreakdown, OfUnit: // a name beside the code
			return c
		}
	}
	if plain == "" {
		return c
	}
	if _, err := readPeriod(shown, true); err == nil {
		c.Role, c.Period = Pivot, shown
		return c
	}
	if over, below, two := strings.Cut(shown, headParts); two {
		if _, err := readPeriod(over, true); err == nil {
			c.Role, c.Period, c.Code = Pivot, over, below
			return c
		}
		if _, err := readPeriod(below, true); err == nil {
			c.Role, c.Period, c.Code = Pivot, below, over
			return c
		}
	}
	c.Role, c.Dimension = Dimension, strings.TrimPrefix(strings.Trim(shown, "[]"), "dimension_")
	return c
}

// codeColumn reports whether a column holds the codes of what another one has in
// words: "Sex_Code" of "Sex".
func codeColumn(name string) (bare string, ok bool) {
	for _, end := range []string{"_Code", " Code", "_code", " code"} {
		if bare, ok = strings.CutSuffix(name, end); ok {
			return bare, true
		}
	}
	return "", false
}

// Guess says what the columns of a table most likely say.
func Guess(header []string) []Column {
	names := withoutWords(header)
	columns := make([]Column, len(header))
	taken := map[Role]bool{}
	for i, name := range names {
		columns[i] = columnOf(name)
		columns[i].Name = header[i]
		switch role := columns[i].Role; role {
		case OfPeriod, OfValue, OfIndicator, OfUnit, OfSeries:
			if taken[role] { // "Year" and "Date": the first is it
				columns[i].Role = Ignored
			}
			taken[role] = true
		}
	}
	if taken[OfPeriod] && taken[OfValue] { // a long table has no columns of periods
		for i, c := range columns {
			if c.Role == Pivot {
				columns[i] = Column{Name: c.Name, Role: Dimension, Dimension: c.Name}
			}
		}
	}
	return columns
}

// withoutWords returns the names of columns so that "Sex_Code" stands for "Sex",
// and the column that has the words of it for nothing.
func withoutWords(header []string) []string {
	names := slices.Clone(header)
	for i, name := range header {
		bare, ok := codeColumn(name)
		if !ok {
			continue
		}
		if at := slices.IndexFunc(header, func(other string) bool { return normal(other) == normal(bare) }); at >= 0 {
			names[i], names[at] = bare, ""
		}
	}
	return names
}

// globalCode is the form of a code of the global list of SDG indicators.
var globalCode = regexp.MustCompile(`^\d{1,2}\.(\d{1,2}|[a-d])\.\d{1,2}$`)

// As returns the column of a name with a role that a person gave it.
func As(name string, role Role) Column {
	c := Column{Name: name, Role: role}
	switch role {
	case Dimension:
		c.Dimension = name
	case Pivot:
		if c = columnOf(name); c.Role != Pivot {
			c = Column{Name: name, Role: Pivot, Period: name}
		}
	}
	return c
}
