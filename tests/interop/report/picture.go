package main

import "context"

// pageWidth is how wide a page is in a picture, in pixels.
const pageWidth = 1400

// photograph is the whole of a page as a PNG.
func photograph(ctx context.Context, path string) ([]byte, error) {
	b, err := browse(ctx, path, "")
	if err != nil {
		return nil, err
	}
	defer b.close()
	return b.picture(pageWidth)
}

// picture is the whole of the page, as wide as it is said, in pixels, and as high as it takes, as a PNG.
func (b *browser) picture(width int) ([]byte, error) {
	view := map[string]any{"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false}
	if err := b.call("Emulation.setDeviceMetricsOverride", view, nil); err != nil {
		return nil, err
	}
	var page struct {
		CSSContentSize struct{ Height float64 }
	}
	if err := b.call("Page.getLayoutMetrics", nil, &page); err != nil {
		return nil, err
	}
	var shot struct{ Data []byte }
	clip := map[string]any{"x": 0, "y": 0, "width": width, "height": page.CSSContentSize.Height, "scale": 1}
	err := b.call("Page.captureScreenshot", map[string]any{"captureBeyondViewport": true, "clip": clip}, &shot)
	return shot.Data, err
}
