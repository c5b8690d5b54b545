package clientarea

import (
	"context"
	"log/slog"
	"reflect"
	"sync"

	"clientele/app"
)

// Keeper serves the site for a window: whenever the settings say that this installation does, and as they say.
type Keeper struct {
	app *app.App
	log *slog.Logger

	mu      sync.Mutex
	state   State
	changed func()
}

// State is how serving stands.
type State struct {
	// Address is where the site is open; empty where it is not served.
	Address string
	// Problem says in words why it is not, though it should be.
	Problem string
}

// NewKeeper makes one. changed is called, on whatever goroutine, each time that the state is another one.
func NewKeeper(a *app.App, log *slog.Logger, changed func()) *Keeper {
	return &Keeper{app: a, log: log, changed: changed}
}

// State tells how serving stands.
func (k *Keeper) State() State {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.state
}

func (k *Keeper) set(s State) {
	k.mu.Lock()
	same := k.state == s
	k.state = s
	k.mu.Unlock()
	if !same {
		k.changed()
	}
}

// Run serves as the settings say, and follows their changes, until ctx ends.
func (k *Keeper) Run(ctx context.Context) {
	changed := make(chan struct{}, 1)
	defer k.app.Events.Subscribe(func(c app.Change) {
		if c.Topic == app.TopicSettings {
			select {
			case changed <- struct{}{}:
			default: // it is awake already
			}
		}
	})()
	var now Options // of what is served
	stop := func() {}
	defer func() { stop() }()
	for {
		want, on, err := k.wanted(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			k.log.Error("client area", "error", err)
		case !on:
			stop()
			stop, now = func() {}, Options{}
			k.set(State{})
		case !reflect.DeepEqual(plain(want), plain(now)) || k.State().Problem != "":
			stop()
			stop, now = k.start(ctx, want), want
		}
		select {
		case <-ctx.Done():
			return
		case <-changed:
		}
	}
}

// plain are options as they can be compared.
func plain(o Options) Options {
	o.Now, o.Log = nil, nil
	return o
}

func (k *Keeper) wanted(ctx context.Context) (Options, bool, error) {
	set, err := k.app.Settings.Get(ctx)
	return OptionsOf(k.app, set, k.log), k.app.ServesArea(set), err
}

// start serves in the background until the function that it returns was called, which waits for the end.
func (k *Keeper) start(ctx context.Context, o Options) (stop func()) {
	server, err := New(o)
	if err != nil {
		k.set(State{Problem: app.Explain(err)})
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := server.Run(ctx, func(address string) { k.set(State{Address: address}) }); err != nil {
			k.log.Error("client area", "error", err)
			k.set(State{Problem: app.Explain(err)})
		}
	}()
	return func() {
		cancel()
		<-ended
	}
}
