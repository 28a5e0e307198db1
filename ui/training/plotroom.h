#pragma once

#include <QList>
#include <QWidget>

namespace digitpad {

/// Shows some of its children, placed as plotRects() says.
class PlotRoom : public QWidget
{
public:
    explicit PlotRoom(QWidget* parent = nullptr);

    /// Children of the room; all others are hidden.
    void setShown(const QList<QWidget*>& plots);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();

    QList<QWidget*> m_shown;
};

} // namespace digitpad
