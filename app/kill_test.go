package app_test

const childVariable = "CLIENTELE_TEST_CHILD"

func child(string) int { return 1 }
