#pragma once

#include <QAbstractItemDelegate>
#include <QCache>
#include <QPixmap>

namespace digitpad {

class MyDigitsModel;

/// Paints one of My digits: the 28×28 picture at twice its size, in the colours of text on paper, and its
/// label beneath.
class MyDigitsDelegate : public QAbstractItemDelegate
{
    Q_OBJECT

public:
    /// `model` is the view's, and outlives the delegate.
    explicit MyDigitsDelegate(const MyDigitsModel* model, QObject* parent = nullptr);

    /// Of a cell, for the font of `option`.
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    [[nodiscard]] QPixmap picture(int row, const QColor& ink, double devicePixelRatio) const;

    const MyDigitsModel* m_model;
    mutable QCache<QString, QPixmap> m_pictures{2000};
};

} // namespace digitpad
