#pragma once

#include <QDialog>

class QLabel;

namespace digitpad {

class GalleryItems;
class PixelGrid;

/// One image with the value of each pixel in it; the arrow keys go to the next and the one before. Closes by
/// itself where other data come.
class SampleWindow : public QDialog
{
    Q_OBJECT

public:
    /// `items` outlives the window.
    SampleWindow(GalleryItems* items, int row, QWidget* parent);

    [[nodiscard]] int row() const { return m_row; }

Q_SIGNALS:
    void rowChanged(int row);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void showRow(int row);

    GalleryItems* m_items;
    int m_row;
    PixelGrid* m_grid;
    QLabel* m_text;
};

} // namespace digitpad
