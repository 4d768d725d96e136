package web

func (s *site) showChanges(r *request) error     { return nil }
func (s *site) listRequests(r *request) error    { return nil }
func (s *site) createRequest(r *request) error   { return nil }
func (s *site) askRequest(r *request) error      { return nil }
func (s *site) withdrawRequest(r *request) error { return nil }
