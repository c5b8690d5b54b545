package document

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"image"
	"image/color"
	_ "image/jpeg" // logos are PNG or JPEG
	"image/png"
	"sync"

	"golang.org/x/image/draw"

	"clientele/app/i18n"
)

// The limits of a logo: the file, the picture in it, and how many pixels of it are worth printing.
const (
	mostLogoBytes  = 8 << 20
	mostLogoPixels = 40_000_000
	logoAcross     = 900
	logoDown       = 400
)

// picture is a logo ready to be embedded.
type picture struct {
	file          []byte // PNG without transparency
	width, height int
}

// CheckLogo tells, in a sentence for the person who chose it, why a file cannot be the logo; nil where it can.
func CheckLogo(file []byte) error {
	_, err := readLogo(file)
	return err
}

// logos keeps what was made of the last logo: a business has one, and all its documents carry it.
var logos struct {
	sync.Mutex
	of   [sha256.Size]byte
	made *picture
}

func readLogo(file []byte) (*picture, error) {
	of := sha256.Sum256(file)
	logos.Lock()
	defer logos.Unlock()
	if logos.made != nil && logos.of == of {
		return logos.made, nil
	}
	made, err := makeLogo(file)
	if err != nil {
		return nil, err
	}
	logos.of, logos.made = of, made
	return made, nil
}

func makeLogo(file []byte) (*picture, error) {
	if len(file) > mostLogoBytes {
		return nil, errors.New(i18n.T("The logo is larger than %d megabytes. Choose a smaller picture.", mostLogoBytes>>20))
	}
	size, format, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || format != "png" && format != "jpeg" {
		return nil, errors.New(i18n.T("The logo is not a PNG or JPEG picture. Choose one that is."))
	}
	if size.Width < 1 || size.Height < 1 || size.Width > mostLogoPixels/size.Height {
		return nil, errors.New(i18n.T("The logo has too many pixels. Choose a smaller picture."))
	}
	decoded, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, errors.New(i18n.T("The logo is damaged and cannot be read. Choose another picture."))
	}
	width, height := fit(size.Width, size.Height)
	flat := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.Draw(flat, flat.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.CatmullRom.Scale(flat, flat.Bounds(), decoded, decoded.Bounds(), draw.Over, nil)
	var out bytes.Buffer
	if err := png.Encode(&out, flat); err != nil {
		return nil, err
	}
	return &picture{out.Bytes(), width, height}, nil
}

// fit scales a picture down to what a printer can show of it.
func fit(width, height int) (int, int) {
	if width > logoAcross {
		width, height = logoAcross, max(1, height*logoAcross/width)
	}
	if height > logoDown {
		width, height = max(1, width*logoDown/height), logoDown
	}
	return width, height
}
