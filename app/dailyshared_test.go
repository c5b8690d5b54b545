package app_test

import (
	"slices"
	"testing"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/data"
)

// DA-1, AP-4: a run that begins by itself is the office's. It waits for nobody to sign in, and all it does is in the log by its own name; what somebody starts by hand
// is in the log by theirs.
func TestDailyRunOfASharedOffice(t *testing.T) {
	o := shared(t)
	today := date.Today(o.Clock.Now())
	for _, email := range []string{"a@example.com", "b@example.com"} {
		serve(t, o, o.Add(t, email, nil), 4900, billing.Monthly, today, nil)
	}
	desk := o.Colleague(t)
	if e, err := desk.Admins.Enter(ctx); e != app.SignIn || err != nil {
		t.Fatal(e, err)
	}
	plan, err := desk.Daily.Plan(ctx, today)
	if err != nil || len(plan.Lines) != 2 {
		t.Fatalf("%+v, %v", plan.Lines, err)
	}
	since := func(before int) []data.Activity { all := o.Activity(t, 0); return all[:len(all)-before] }
	before := len(o.Activity(t, 0))
	if done, err := desk.Daily.Run(ctx, app.DailyDo{Plan: plan, Cause: app.DailyByStart}, app.Quiet{}); err != nil || done.Run.Done != 2 {
		t.Fatalf("nobody has signed in, and %+v: %v", done.Run, err)
	}
	lines := since(before)
	if len(lines) < 5 || slices.ContainsFunc(lines, func(l data.Activity) bool { return l.Who != "Daily run" }) {
		t.Errorf("the log has %+v", lines)
	}
	mails, err := o.Mails.List(ctx, app.MailFilter{}, 0, 10)
	if err != nil || len(mails) != 2 || mails[0].Who != "Daily run" {
		t.Errorf("the outbox has %+v, %v", mails, err)
	}
	before = len(o.Activity(t, 0))
	if _, err := o.Daily.Run(ctx, app.DailyDo{Plan: plan, Cause: app.DailyByHand}, app.Quiet{}); err != nil {
		t.Fatal(err)
	}
	// The run itself, and that those to come mail clients by themselves since somebody looked at this one.
	if lines := since(before); len(lines) != 2 || slices.ContainsFunc(lines, func(l data.Activity) bool { return l.Who != "Olga Owner" }) {
		t.Errorf("by hand, and the log has %+v", lines)
	}
	runs, err := o.Daily.Runs(ctx, 0, 10)
	if err != nil || len(runs) != 2 || runs[0].Who != "Olga Owner" || runs[1].Who != "Daily run" {
		t.Errorf("the runs are %+v, %v", runs, err)
	}
	o.Sound(t)
}
