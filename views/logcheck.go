package views

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/theme"
)

// checkLog looks over the activity log in the background, as the program starts, and tells of what was done to it.
func (s *Window) checkLog(ctx context.Context) {
	r, err := s.params.App.Checks.Log(ctx)
	s.desk.Run.OnUI(func() {
		s.desk.Fail(err)
		s.noticeLog(r)
	})
}

// noticeLog tells of a log that is not whole. What is missing at its end can be accepted, as after putting a backup back; anything else is told of at each start.
func (s *Window) noticeLog(r app.LogReport) {
	if r.Broken != "" {
		s.notices.Add(kit.NewPara(i18n.T("The activity log was tampered with or is damaged: %s.", r.Broken), theme.Danger))
	}
	if r.Gap == "" {
		return
	}
	var row *fyne.Container
	accept := kit.NewButton(i18n.T("Go On from Here…"), nil, func() {
		if !s.desk.Allowed(app.Configuring) {
			return
		}
		kit.ShowDialog(s.window.Canvas(), kit.Dialog{
			Title: i18n.T("Go on from here?"), Text: r.Gap,
			Consequences: []string{
				i18n.T("This is right where you put a backup back. Otherwise find out first who had access to the data."),
				i18n.T("The log goes on after its present end, and a line in it says what is missing. Nothing else changes."),
			},
			Action: i18n.T("Go On from Here"), Danger: true,
			Do: func(done func(error)) {
				var err error
				s.desk.Act(i18n.T("Activity log"), func(ctx context.Context) error {
					err = s.params.App.Log.Accept(ctx)
					return nil // told by done
				}, func() {
					if err != nil {
						done(desk.Explained(err))
						return
					}
					done(nil)
					s.notices.Remove(row)
					s.desk.Say(i18n.T("The activity log goes on."))
				})
			},
		})
	})
	row = kit.Border(nil, nil, nil, container.NewVBox(accept), kit.NewPara(r.Gap, theme.Danger))
	s.notices.Add(row)
}
