#include "ui/training/plotroom.h"

#include "ui/training/chartexport.h"

namespace digitpad {

PlotRoom::PlotRoom(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void PlotRoom::setShown(const QList<QWidget*>& plots)
{
    if (plots == m_shown) {
        return;
    }
    const auto before = m_shown;
    m_shown = plots;
    for (QWidget* plot : before) {
        plot->setVisible(plots.contains(plot));
    }
    arrange();
    for (QWidget* plot : plots) {
        plot->show();
    }
}

void PlotRoom::arrange()
{
    const QList<QRect> rects = plotRects(size(), m_shown.size());
    for (qsizetype i = 0; i < m_shown.size(); ++i) {
        m_shown[i]->setGeometry(rects[i]);
    }
}

void PlotRoom::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

QSize PlotRoom::sizeHint() const
{
    return {640, 420};
}

QSize PlotRoom::minimumSizeHint() const
{
    return {280, 220};
}

} // namespace digitpad
