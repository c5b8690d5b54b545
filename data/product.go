package data

import "clientele/app/fold"

// Product is something that is sold, with a price for each currency and cycle.
type Product struct {
	ID          int64
	Name        string
	NameKey     string
	Description string
	Taxed       bool
	Retired     bool // no longer offered; services of it go on
	Version     int64
}

// TableName tells GORM the table.
func (Product) TableName() string { return "products" }

// ProductPrice is what a product costs for one cycle in one currency, in minor units.
type ProductPrice struct {
	ProductID int64  `gorm:"primaryKey;autoIncrement:false"`
	Currency  string `gorm:"primaryKey"`
	Cycle     string `gorm:"primaryKey"`
	Price     int64
	SetupFee  int64
}

// TableName tells GORM the table.
func (ProductPrice) TableName() string { return "product_prices" }

// Products lists all products by name.
func (tx *Tx) Products() ([]Product, error) {
	var ps []Product
	err := tx.db.Order("name_key").Find(&ps).Error
	return ps, err
}

// Product reads one product.
func (tx *Tx) Product(id int64) (Product, error) {
	var p Product
	err := translate(tx.db.Take(&p, "id = ?", id).Error)
	return p, err
}

// ProductPrices lists the prices of a product, or of all with 0.
func (tx *Tx) ProductPrices(id int64) ([]ProductPrice, error) {
	db := tx.db.Order("product_id, currency, cycle")
	if id != 0 {
		db = db.Where("product_id = ?", id)
	}
	var ps []ProductPrice
	err := db.Find(&ps).Error
	return ps, err
}

// SaveProduct adds a product whose ID is 0, or changes the one that has it, with all its prices. ErrDuplicate: the name is taken. ErrChanged: somebody
// changed it since it had p.Version.
func (tx *Tx) SaveProduct(p *Product, prices []ProductPrice) error {
	p.NameKey = fold.Key(p.Name)
	if p.ID == 0 {
		p.Version = 1
		if err := tx.db.Create(p).Error; err != nil {
			return err
		}
	} else {
		was := p.Version
		p.Version++
		r := tx.db.Model(&Product{}).Where("id = ? AND version = ?", p.ID, was).
			Select("name", "name_key", "description", "taxed", "retired", "version").Updates(p)
		if r.Error != nil {
			return r.Error
		}
		if r.RowsAffected != 1 {
			return ErrChanged
		}
		if err := tx.db.Exec("DELETE FROM product_prices WHERE product_id = ?", p.ID).Error; err != nil {
			return err
		}
	}
	for i := range prices {
		prices[i].ProductID = p.ID
	}
	if len(prices) == 0 {
		return nil
	}
	return tx.db.CreateInBatches(prices, batch).Error
}

// ProductUse tells how many services are of a product.
func (tx *Tx) ProductUse(id int64) (int64, error) {
	var n int64
	err := tx.db.Raw("SELECT count(*) FROM services WHERE product_id = ?", id).Scan(&n).Error
	return n, err
}

// DeleteProduct removes a product that no service is of, with its prices.
func (tx *Tx) DeleteProduct(id int64) error {
	if err := tx.db.Exec("DELETE FROM product_prices WHERE product_id = ?", id).Error; err != nil {
		return err
	}
	return one(tx.db.Delete(&Product{}, "id = ?", id))
}

// TaxRule is a tax that is due on what is sold to a country, or a state of it. An empty country is the whole world, an empty state the whole
// country. Rate is in ten-thousandths of a percent.
type TaxRule struct {
	ID      int64
	Name    string
	Country string
	State   string
	Rate    int64
}

// TableName tells GORM the table.
func (TaxRule) TableName() string { return "tax_rules" }

// TaxRules lists all rules by where they hold.
func (tx *Tx) TaxRules() ([]TaxRule, error) {
	var rs []TaxRule
	err := tx.db.Order("country, state, id").Find(&rs).Error
	return rs, err
}

// SaveTaxRule adds a rule whose ID is 0 or changes the one that has it.
func (tx *Tx) SaveTaxRule(r *TaxRule) error {
	if r.ID == 0 {
		return tx.db.Create(r).Error
	}
	return one(tx.db.Model(&TaxRule{}).Where("id = ?", r.ID).Select("name", "country", "state", "rate").Updates(r))
}

// DeleteTaxRule removes a rule.
func (tx *Tx) DeleteTaxRule(id int64) error { return one(tx.db.Delete(&TaxRule{}, "id = ?", id)) }
