#pragma once

#include <QList>
#include <QString>
#include <QWidget>

namespace digitpad {

/// Counts as upright bars from 0, with the largest written at the axis. A bar beneath the mouse says what it
/// stands for; the arrow keys go through them, and a click or Return chooses one.
class BarChart : public QWidget
{
    Q_OBJECT

public:
    struct Bar
    {
        double value = 0; ///< At least 0.
        QString label;    ///< Beneath it; where bars are too narrow for theirs, some are left out.
        QString tip;      ///< The whole of it: "7: 6,265 images".
    };

    explicit BarChart(const QString& title, QWidget* parent = nullptr);

    void setBars(const QList<Bar>& bars);
    [[nodiscard]] const QList<Bar>& bars() const { return m_bars; }
    /// Heights by the logarithm of the value, so that rare ones are seen beside frequent ones.
    void setLogarithmic(bool on);
    /// Bars can be chosen: then they are what the keyboard goes to.
    void setChoosable(bool on);
    /// Beneath the bars, in words: "ink, in full pixels".
    void setAxisTitle(const QString& title);
    [[nodiscard]] QRectF barRect(int index) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void barChosen(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRectF plotArea() const;
    [[nodiscard]] double part(double value) const;
    [[nodiscard]] int barAt(QPointF place) const;
    void setMarked(int index);
    void paintAxis(QPainter& painter, const QRectF& area) const;
    void paintLabels(QPainter& painter, const QRectF& area) const;

    QList<Bar> m_bars;
    QString m_axisTitle;
    double m_largest = 0;
    bool m_logarithmic = false;
    bool m_choosable = false;
    int m_marked = -1; ///< Beneath the mouse, or where the keyboard is.
};

} // namespace digitpad
