#pragma once

#include "core/image/digitimage.h"

#include <QWidget>

#include <array>

class QButtonGroup;
class QToolButton;

namespace digitpad {

/// Chooses between all digits and those of one label; each choice shows how many there are.
class LabelFilter : public QWidget
{
    Q_OBJECT

public:
    explicit LabelFilter(QWidget* parent = nullptr);

    void setCounts(const std::array<int, digitClasses>& counts);
    /// 0 to 9, or -1 for all.
    [[nodiscard]] int label() const;
    void setLabel(int label);

Q_SIGNALS:
    void labelChanged(int label);

private:
    QToolButton* makeButton(int label);
    [[nodiscard]] QToolButton* button(int label) const;

    QButtonGroup* m_group;
};

} // namespace digitpad
