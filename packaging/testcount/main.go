// Command testcount runs `go test -json …`, shows what a person wants to see of it, and counts.
//
//	testcount [-record FILE] [-forbid TEXT]... go test -json ./...
//	testcount -total FILE...
//
// In the first form it prints go test's own closing line of each package, the whole output of each test that
// failed, the reason of each test that was skipped, and last a line such as "312 passed, 0 failed, 4 skipped". The exit
// code is that of go test, or 1 where the output of any test holds a forbidden text. In the second form it adds up what earlier
// runs recorded; a test that ran in several of them is counted once, with its worst result. It exits with 1 where
// a test failed or a record is missing, so that a lane that never ran is not taken for one that passed.
//
// A test with subtests is not counted beside them.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// texts is a flag that may be given several times.
type texts []string

func (t *texts) String() string     { return fmt.Sprint([]string(*t)) }
func (t *texts) Set(s string) error { *t = append(*t, s); return nil }

func run(args []string, out, problems io.Writer) int {
	flags := flag.NewFlagSet("testcount", flag.ContinueOnError)
	flags.SetOutput(problems)
	var forbidden texts
	record := flags.String("record", "", "write the results to this `file`")
	total := flags.Bool("total", false, "add up the records that are named")
	flags.Var(&forbidden, "forbid", "fail where a test prints this `text`")
	if flags.Parse(args) != nil || flags.NArg() == 0 {
		fmt.Fprintln(problems, "usage: testcount [-record FILE] [-forbid TEXT]... go test -json ... | testcount -total FILE...")
		return 2
	}
	if *total {
		return sum(flags.Args(), out, problems)
	}

	report := newReport(out, forbidden)
	code := follow(flags.Args(), report, problems)
	if !report.close() && code == 0 {
		code = 1
	}
	if *record != "" {
		if err := save(*record, report.results); err != nil {
			fmt.Fprintln(problems, "testcount:", err)
			return 1
		}
	}
	return code
}

// follow runs the command, feeds what it prints to the report, and returns its exit code. An interrupt from the
// keyboard reaches the command by itself; testcount stays to report what had run.
func follow(command []string, report *report, problems io.Writer) int {
	signal.Ignore(os.Interrupt)
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stderr = problems
	events, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		fmt.Fprintln(problems, "testcount:", err)
		return 1
	}
	readErr := report.read(events)
	err = cmd.Wait()
	if readErr != nil {
		fmt.Fprintln(problems, "testcount:", readErr)
		return 1
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return max(exit.ExitCode(), 1)
	}
	if err != nil {
		fmt.Fprintln(problems, "testcount:", err)
		return 1
	}
	return 0
}

func save(file string, r results) error {
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o600)
}

func sum(files []string, out, problems io.Writer) int {
	all := results{}
	code := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		one := results{}
		if err == nil {
			err = json.Unmarshal(text, &one)
		}
		if err != nil {
			fmt.Fprintln(problems, "testcount:", err)
			code = 1
		}
		all.add(one)
	}
	passed, failed, skipped := all.count()
	fmt.Fprintln(out, summary(passed, failed, skipped))
	if failed > 0 {
		code = 1
	}
	return code
}
