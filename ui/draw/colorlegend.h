#pragma once

#include <QWidget>

namespace digitpad {

/// The colours from against (orange) to for (blue), between two words.
class ColorLegend : public QWidget
{
    Q_OBJECT

public:
    explicit ColorLegend(QWidget* parent = nullptr);

    void setWords(const QString& negative, const QString& positive);
    [[nodiscard]] QString negative() const { return m_negative; }
    [[nodiscard]] QString positive() const { return m_positive; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_negative;
    QString m_positive;
};

} // namespace digitpad
