#include "ui/mydigits/labelfilter.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLocale>
#include <QToolButton>

#include <numeric>

namespace digitpad {

namespace {

constexpr int all = -1;

/// A button group reserves -1.
int groupId(int label)
{
    return label + 1;
}

} // namespace

LabelFilter::LabelFilter(QWidget* parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    setObjectName(QStringLiteral("labelFilter"));
    setAccessibleName(tr("Digits to show"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    for (int label = all; label < digitClasses; ++label) {
        layout->addWidget(makeButton(label), 1);
    }
    button(all)->setChecked(true);
    setCounts({});
    connect(m_group, &QButtonGroup::idToggled, this, [this](int, bool checked) {
        if (checked) {
            Q_EMIT labelChanged(label());
        }
    });
}

QToolButton* LabelFilter::makeButton(int label)
{
    auto* made = new QToolButton(this);
    made->setObjectName(label == all ? QStringLiteral("showAll") : QStringLiteral("show%1").arg(label));
    made->setCheckable(true);
    made->setAutoRaise(true);
    made->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_group->addButton(made, groupId(label));
    return made;
}

QToolButton* LabelFilter::button(int label) const
{
    return qobject_cast<QToolButton*>(m_group->button(groupId(label)));
}

void LabelFilter::setCounts(const std::array<int, digitClasses>& counts)
{
    const QLocale locale;
    const int sum = std::accumulate(counts.begin(), counts.end(), 0);
    button(all)->setText(tr("All %1", "number of digits").arg(locale.toString(sum)));
    button(all)->setToolTip(tr("Shows all your digits"));
    for (int label = 0; label < digitClasses; ++label) {
        const int count = counts[static_cast<std::size_t>(label)];
        QToolButton* one = button(label);
        one->setText(tr("%1 · %2", "digit · how many of them").arg(label).arg(locale.toString(count)));
        one->setToolTip(tr("Shows what you kept as a %1").arg(label));
        one->setAccessibleName(tr("%1, %2 kept", "digit, number").arg(label).arg(locale.toString(count)));
    }
}

int LabelFilter::label() const
{
    return m_group->checkedId() - 1;
}

void LabelFilter::setLabel(int label)
{
    button(label)->setChecked(true);
}

} // namespace digitpad
