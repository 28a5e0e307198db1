#include "ui/mydigits/mydigitsdelegate.h"

#include "ui/mydigits/mydigitsmodel.h"
#include "ui/widgets/tones.h"

#include <QImage>
#include <QPainter>
#include <QWidget>

#include <cmath>

namespace digitpad {

namespace {

constexpr int pictureSide = 2 * digitSide;
constexpr int padding = 6;
constexpr int gap = 3; ///< Between neighbouring cells.

/// The picture's bytes as the opacity of `ink`.
QImage inkImage(const DigitImage& image, const QColor& ink)
{
    QImage result(digitSide, digitSide, QImage::Format_ARGB32);
    for (int y = 0; y < digitSide; ++y) {
        auto* line = reinterpret_cast<QRgb*>(result.scanLine(y));
        for (int x = 0; x < digitSide; ++x) {
            line[x] = qRgba(ink.red(), ink.green(), ink.blue(), image.at(x, y));
        }
    }
    return result;
}

} // namespace

MyDigitsDelegate::MyDigitsDelegate(const MyDigitsModel* model, QObject* parent)
    : QAbstractItemDelegate(parent)
    , m_model(model)
{
}

QSize MyDigitsDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {pictureSide + 2 * (padding + gap),
            pictureSide + 2 * (padding + gap) + option.fontMetrics.height()};
}

QPixmap MyDigitsDelegate::picture(int row, const QColor& ink, double devicePixelRatio) const
{
    const DigitImage* image = m_model->imageAt(row);
    if (image == nullptr) {
        return {};
    }
    const QString key =
        QStringLiteral("%1/%2/%3").arg(m_model->idAt(row)).arg(ink.rgb()).arg(devicePixelRatio);
    if (const QPixmap* known = m_pictures.object(key)) {
        return *known;
    }
    const int side = static_cast<int>(std::lround(pictureSide * devicePixelRatio));
    QPixmap made = QPixmap::fromImage(
        inkImage(*image, ink).scaled(side, side, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    made.setDevicePixelRatio(devicePixelRatio);
    m_pictures.insert(key, new QPixmap(made));
    return made;
}

void MyDigitsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const
{
    const QPalette& palette = option.palette;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    const QColor accent = palette.color(QPalette::Active, QPalette::Highlight);
    const QRectF cell = QRectF(option.rect).adjusted(gap, gap, -gap, -gap);

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(selected ? QPen(accent, 2) : QPen(mixed(text, base, hovered ? 0.4 : 0.14), 1));
    painter->setBrush(selected ? mixed(accent, base, 0.22) : base);
    painter->drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(QPen(text, 1, Qt::DotLine));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(cell.adjusted(3, 3, -3, -3), 3, 3);
    }
    const QPointF corner(cell.center().x() - pictureSide / 2.0, cell.top() + padding);
    painter->drawPixmap(corner, picture(index.row(), text, painter->device()->devicePixelRatioF()));
    painter->setPen(mixed(text, base, selected ? 1 : 0.72));
    painter->drawText(cell.adjusted(0, 0, 0, -padding / 2.0), Qt::AlignHCenter | Qt::AlignBottom,
                      index.data().toString());
    painter->restore();
}

} // namespace digitpad
