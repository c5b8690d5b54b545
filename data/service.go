package data

import "clientele/app/date"

// ServiceStatus is where a service stands (IN-1). Active ones are invoiced.
type ServiceStatus string

// The statuses.
const (
	ServicePending    ServiceStatus = "Pending"
	ServiceActive     ServiceStatus = "Active"
	ServiceSuspended  ServiceStatus = "Suspended"
	ServiceTerminated ServiceStatus = "Terminated"
	ServiceCancelled  ServiceStatus = "Cancelled"
)

// Service is a package that a client has, once or recurring. Amounts are minor units of Currency.
type Service struct {
	ID          int64
	ClientID    int64
	ProductID   *int64
	Description string
	Quantity    int64 // thousandths
	Currency    string
	Amount      int64 // the price of one for a cycle
	SetupFee    int64 // with the first invoice
	Taxed       bool
	Cycle       string
	NextDue     date.Date // no date: nothing more is to be invoiced
	AnchorDay   int64     // the day of the month that billing keeps
	Status      ServiceStatus
	Started     date.Date
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	UpdatedAt   int64 `gorm:"autoUpdateTime:false"`
	Version     int64
	// BillingHeld is the import that brought the service, as long as nobody has confirmed that it is to be billed here: a service may not be billed twice, here and
	// in the program that it came from. Billing must leave held services alone, whatever their status and due date. Nil everywhere else.
	BillingHeld *int64
}

// TableName tells GORM the table.
func (Service) TableName() string { return "services" }

// Service reads one service.
func (tx *Tx) Service(id int64) (Service, error) {
	var s Service
	err := translate(tx.db.Take(&s, "id = ?", id).Error)
	return s, err
}

// ServiceToChange reads one service and keeps others from changing it until the transaction ends.
func (tx *Tx) ServiceToChange(id int64) (Service, error) {
	var s Service
	err := translate(tx.db.Clauses(toChange).Take(&s, "id = ?", id).Error)
	return s, err
}

// ServicesOf lists a client's services, oldest first: up to n after the one with the number after.
func (tx *Tx) ServicesOf(clientID, after int64, n int) ([]Service, error) {
	var all []Service
	err := tx.db.Where("client_id = ? AND id > ?", clientID, after).Order("id").Limit(n).Find(&all).Error
	return all, err
}

// AddService stores a new service and gives it its number.
func (tx *Tx) AddService(s *Service) error {
	s.CreatedAt, s.UpdatedAt, s.Version = millis(tx.now), millis(tx.now), 1
	return tx.RestoreService(s)
}

// RestoreService puts a removed service back as it was.
func (tx *Tx) RestoreService(s *Service) error {
	if err := tx.db.Create(s).Error; err != nil {
		return err
	}
	tx.tallyService(nil, s)
	return nil
}

// UpdateService writes a service. ErrChanged: somebody changed it meanwhile, and nothing was written.
func (tx *Tx) UpdateService(before Service, after *Service) error {
	after.ID, after.ClientID, after.Version, after.UpdatedAt = before.ID, before.ClientID, before.Version+1, millis(tx.now)
	r := tx.db.Model(&Service{}).Where("id = ? AND version = ?", before.ID, before.Version).Select(
		"product_id", "description", "quantity", "amount", "setup_fee", "taxed", "cycle", "next_due", "anchor_day", "status", "started", "updated_at", "version",
	).Updates(after)
	if r.Error != nil {
		return r.Error
	}
	if r.RowsAffected != 1 {
		return ErrChanged
	}
	tx.tallyService(&before, after)
	return nil
}

// DeleteService removes a service; the lines that billed it keep its description. ErrChanged: somebody changed it meanwhile.
func (tx *Tx) DeleteService(before Service) error {
	r := tx.db.Exec("DELETE FROM services WHERE id = ? AND version = ?", before.ID, before.Version)
	if r.Error != nil {
		return r.Error
	}
	if r.RowsAffected != 1 {
		return ErrChanged
	}
	tx.tallyService(&before, nil)
	return nil
}
