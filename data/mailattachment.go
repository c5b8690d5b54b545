package data

// MailAttachment is a file that goes with a mail. It names the contents themselves and not the client's file, so that it stays what it was when the mail
// was written, whatever becomes of the file.
type MailAttachment struct {
	ID     int64
	MailID int64
	BlobID int64
	Name   string // under which the recipient saves it
	Size   int64  // bytes
}

// AttachToMail adds files to a mail, in their order. Their blobs must be finished.
func (tx *Tx) AttachToMail(mailID int64, files []MailAttachment) error {
	for i := range files {
		files[i].MailID = mailID
	}
	if len(files) == 0 {
		return nil
	}
	return tx.db.Create(&files).Error
}

// MailAttachments lists the files of a mail, in their order.
func (tx *Tx) MailAttachments(mailID int64) ([]MailAttachment, error) {
	var as []MailAttachment
	err := tx.db.Where("mail_id = ?", mailID).Order("id").Find(&as).Error
	return as, err
}

// MailAttachment reads one file of a mail.
func (tx *Tx) MailAttachment(id int64) (MailAttachment, error) {
	var a MailAttachment
	err := translate(tx.db.Take(&a, "id = ?", id).Error)
	return a, err
}
