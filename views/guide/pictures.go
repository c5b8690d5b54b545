package guide

import (
	"bytes"
	"context"
	"image"
	_ "image/png" // the pictures' format
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"clientele/views/kit"
)

// Pictures is the folder of the guide's pictures, as the packages and the build put it: beside the program, or where the system keeps what a
// program of /usr/bin or an app of macOS brings along.
func Pictures() fs.FS {
	program, err := os.Executable()
	if err != nil {
		program = "clientele"
	}
	return picturesOf(program)
}

func picturesOf(program string) fs.FS {
	if target, err := filepath.EvalSymlinks(program); err == nil {
		program = target
	}
	beside := filepath.Dir(program)
	for _, folder := range []string{filepath.Join(beside, "..", "share", "clientele", "guide"), filepath.Join(beside, "..", "Resources", "guide")} {
		if _, err := os.Stat(folder); err == nil {
			return os.DirFS(folder)
		}
	}
	return os.DirFS(filepath.Join(beside, "guide"))
}

// picture is one of a page: its place among the parts, and its file.
type picture struct {
	at   int
	name string
	file []byte
}

// loadPictures puts the pictures of a page to their places. Where one is missing, as beside a program that was copied alone, the text stands for itself.
func (g *Guide) loadPictures(p page) {
	g.loader.Load(func(ctx context.Context) ([]picture, error) {
		files := g.files()
		var all []picture
		for at, part := range p.parts {
			if part.picture == "" {
				continue
			}
			if file, err := fs.ReadFile(files, part.picture); err == nil && ctx.Err() == nil {
				all = append(all, picture{at, path.Base(part.picture), file})
			}
		}
		return all, ctx.Err()
	}, func(all []picture, _ error) {
		for _, one := range all {
			place := g.column.Objects[one.at].(*fyne.Container)
			place.Add(one.object())
		}
		g.column.Refresh()
		g.scroll.Refresh()
	})
}

// object is the picture at the width of the text.
func (p picture) object() fyne.CanvasObject {
	shown := canvas.NewImageFromResource(fyne.NewStaticResource(p.name, p.file))
	shown.FillMode, shown.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
	shown.SetMinSize(fyne.NewSize(textWidth, textWidth*shapeOf(p.file)))
	return kit.NewCard("", shown)
}

// shapeOf is the height of a picture by its width.
func shapeOf(file []byte) float32 {
	c, _, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || c.Width == 0 {
		return 0
	}
	return float32(c.Height) / float32(c.Width)
}
