package app_test

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"clientele/app"
	"clientele/data"
)

// ownersActs are what staff may not do (AP-4), by the permission that they lack. house_test.go holds that whatever is called Delete, Merge or Reveal asks.
var ownersActs = map[app.Permission]string{
	app.Revealing: "Cards.Reveal",
	app.Deleting: `Backups.Delete Cards.Clear Clients.Delete Clients.Merge Contacts.Delete Credit.Delete Files.Delete Imports.Undo Invoices.Delete Notes.Delete
		Services.Delete Transactions.Delete`,
	app.Configuring: `Admins.Add Admins.Change Admins.Delete Cards.Adopt Cards.ChangeHash Cards.Hash Cards.NewVault Cards.RemoveNumbers Cards.SaveSheet Documents.SetLogo Fields.Delete
		Fields.Save Groups.Delete Groups.Save Log.Accept Templates.Delete Templates.Save Templates.Switch Products.Delete Products.DeleteTaxRule Products.Save
		Products.SaveTaxRule Settings.Save Settings.SetMailPassword Settings.SetValue Sharing.MoveToFile Sharing.MoveToServer`,
}

// AP-4: each of them refuses staff, before it looks at what it was given, and whoever has not signed in; an owner gets past that question.
func TestRolesOfEachAct(t *testing.T) {
	o := shared(t)
	staff := colleague(t, o, "Sam Staff", data.Staff)
	nobody := o.Colleague(t)
	if _, err := nobody.Admins.Enter(ctx); err != nil {
		t.Fatal(err)
	}
	for permission, acts := range ownersActs {
		want := staff.Allowed(permission)
		for _, act := range strings.Fields(acts) {
			if err := call(t, staff.App, act); app.CodeOf(err) != app.NotAllowed || err.Error() != want.Error() {
				t.Errorf("%s: staff were answered %v", act, err)
			}
			if err := call(t, nobody.App, act); app.CodeOf(err) != app.NotAllowed || !strings.Contains(err.Error(), "Sign in first.") {
				t.Errorf("%s: nobody was answered %v", act, err)
			}
			if permission != app.Deleting {
				continue // what is there to be deleted is nothing; settings would be
			}
			if err := call(t, o.App, act); err != nil && err.Error() == want.Error() {
				t.Errorf("%s: the owner was answered %v", act, err)
			}
		}
	}
	o.Sound(t)
}

// call does an act with nothing given but a context, and returns its error.
func call(t *testing.T, a *app.App, act string) error {
	t.Helper()
	service, name, _ := strings.Cut(act, ".")
	method := reflect.ValueOf(a).Elem().FieldByName(service).MethodByName(name)
	var args []reflect.Value
	for in := range method.Type().Ins() {
		switch {
		case in == reflect.TypeFor[context.Context]():
			args = append(args, reflect.ValueOf(ctx))
		case in == reflect.TypeFor[app.Progress]():
			args = append(args, reflect.ValueOf(app.Quiet{}))
		default:
			args = append(args, reflect.Zero(in))
		}
	}
	if method.Type().IsVariadic() {
		args = args[:len(args)-1]
	}
	results := method.Call(args)
	err, _ := results[len(results)-1].Interface().(error)
	return err
}
