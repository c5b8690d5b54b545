package postal_test

import (
	"slices"
	"testing"

	"clientele/app/postal"
)

func at(address1, address2, city, state, postcode, country string) postal.Address {
	return postal.Address{Address1: address1, Address2: address2, City: city, State: state, Postcode: postcode, Country: country}
}

func TestLines(t *testing.T) {
	for name, x := range map[string]struct {
		of   postal.Address
		want []string
	}{
		"nothing":                   {postal.Address{}, nil},
		"a country alone":           {postal.Address{Country: "US"}, nil},
		"Germany":                   {at("Chausseestr. 7", "Hinterhaus", "Berlin", "", "10115", "DE"), []string{"Chausseestr. 7", "Hinterhaus", "10115 Berlin"}},
		"Spain":                     {at("Calle Mayor 1", "", "Getafe", "Madrid", "28901", "ES"), []string{"Calle Mayor 1", "28901 Getafe", "Madrid"}},
		"no country is as Europe":   {at("", "", "Genève", "", "1201", ""), []string{"1201 Genève"}},
		"United States":             {at("5 Elm St", "", "Portland", "OR", "97201", "US"), []string{"5 Elm St", "Portland, OR 97201"}},
		"United States, no state":   {at("5 Elm St", "", "Portland", "", "97201", "US"), []string{"5 Elm St", "Portland, 97201"}},
		"United States, city alone": {at("", "", "Portland", "", "", "US"), []string{"Portland"}},
		"Canada":                    {at("1 King St", "", "Toronto", "ON", "M5H 1A1", "CA"), []string{"1 King St", "Toronto, ON M5H 1A1"}},
		"Australia":                 {at("1 George St", "", "Sydney", "NSW", "2000", "AU"), []string{"1 George St", "Sydney, NSW 2000"}},
		"United Kingdom":            {at("1 High St", "Flat 2", "London", "Greater London", "N1 1AA", "GB"), []string{"1 High St", "Flat 2", "London", "Greater London", "N1 1AA"}},
		"Ireland":                   {at("1 Main St", "", "Cork", "", "T12 AB34", "IE"), []string{"1 Main St", "Cork", "T12 AB34"}},
		"New Zealand":               {at("1 Cuba St", "", "Wellington", "", "6011", "NZ"), []string{"1 Cuba St", "Wellington 6011"}},
		"India":                     {at("1 MG Road", "", "Bengaluru", "Karnataka", "560001", "IN"), []string{"1 MG Road", "Bengaluru 560001", "Karnataka"}},
		"Brazil":                    {at("Rua A 1", "", "São Paulo", "SP", "01310-100", "BR"), []string{"Rua A 1", "São Paulo - SP", "01310-100"}},
		"Brazil, no state":          {at("", "", "São Paulo", "", "01310-100", "BR"), []string{"São Paulo", "01310-100"}},
		"Italy":                     {at("Via Cavour 1", "", "Roma", "RM", "00184", "IT"), []string{"Via Cavour 1", "00184 Roma, RM"}},
		"Mexico":                    {at("Calle 1", "", "Tlalpan", "CDMX", "14000", "MX"), []string{"Calle 1", "14000 Tlalpan, CDMX"}},
		"Japan in Latin letters":    {at("1-2-3 Shibuya", "", "Shibuya-ku", "Tokyo", "150-0002", "JP"), []string{"1-2-3 Shibuya", "Shibuya-ku, Tokyo 150-0002"}},
		"Japan":                     {at("渋谷1-2-3", "", "渋谷区", "東京都", "150-0002", "JP"), []string{"150-0002", "東京都渋谷区", "渋谷1-2-3"}},
		"China":                     {at("南京东路1号", "", "上海市", "", "200001", "CN"), []string{"200001", "上海市", "南京东路1号"}},
		"Korea":                     {at("세종대로 1", "", "중구", "서울특별시", "04524", "KR"), []string{"04524", "서울특별시 중구", "세종대로 1"}},
		"blanks are nothing":        {at(" ", "", " Paris ", "", "75001", "FR"), []string{"75001 Paris"}},
	} {
		if got := x.of.Lines(); !slices.Equal(got, x.want) {
			t.Errorf("%s: %q, want %q", name, got, x.want)
		}
	}
}
