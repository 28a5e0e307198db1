#include "ui/training/variationlist.h"

#include "ui/training/formfield.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>

namespace digitpad {

namespace {

/// A strength with no more digits than it has.
class StrengthBox : public QDoubleSpinBox
{
public:
    StrengthBox(const VariationStep& step, QWidget* parent)
        : QDoubleSpinBox(parent)
    {
        setDecimals(4);
        setRange(0, step.greatest);
        setSingleStep(step.step);
        setSuffix(step.unit);
        setValue(step.usual);
        // One width in all lists, whatever their numbers.
        setFixedWidth(fontMetrics().horizontalAdvance(QStringLiteral("0.25\u00A0px")) + 36);
    }

protected:
    QString textFromValue(double value) const override
    {
        return locale().toString(value, 'g', QLocale::FloatingPointShortest);
    }
};

} // namespace

VariationList::VariationList(const QList<VariationStep>& steps, QWidget* parent)
    : QWidget(parent)
{
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setVerticalSpacing(2);
    layout->setColumnStretch(1, 1);
    for (const VariationStep& step : steps) {
        const Row row = makeRow(step);
        const int line = static_cast<int>(m_rows.size());
        layout->addWidget(row.number, line, 0);
        layout->addWidget(row.onField, line, 1);
        layout->addWidget(row.strengthField, line, 2);
        m_rows.append(row);
    }
    showLocks();
}

VariationList::Row VariationList::makeRow(const VariationStep& step)
{
    Row row{&step,
            new NoteLabel({}, this),
            new QCheckBox(step.title, this),
            new StrengthBox(step, this),
            nullptr,
            nullptr};
    row.number->setFixedWidth(fontMetrics().horizontalAdvance(QStringLiteral("00 ")));
    row.on->setObjectName(step.name);
    row.strength->setObjectName(step.name + QStringLiteral("Strength"));
    row.strength->setAccessibleName(tr("Strength of: %1").arg(step.title));
    row.onField = new FormField(row.on, step.help, this);
    row.strengthField = new FormField(row.strength, step.help, this);
    connect(row.on, &QCheckBox::toggled, this, [this] {
        showLocks();
        Q_EMIT edited();
    });
    connect(row.strength, &QDoubleSpinBox::valueChanged, this, &VariationList::edited);
    return row;
}

void VariationList::store(AugmentationOptions& options) const
{
    for (const Row& row : m_rows) {
        options.*row.step->strength = row.on->isChecked() ? row.strength->value() : 0;
    }
}

void VariationList::load(const AugmentationOptions& options)
{
    for (const Row& row : std::as_const(m_rows)) {
        const double strength = options.*row.step->strength;
        row.on->setChecked(strength > 0);
        if (strength > 0) {
            row.strength->setValue(strength);
        }
    }
}

int VariationList::number(int first)
{
    int next = first;
    for (const Row& row : std::as_const(m_rows)) {
        const bool counts = first > 0 && row.on->isChecked();
        row.number->setText(counts ? QString::number(next++) : QString());
    }
    return next;
}

void VariationList::setLocked(const QString& reason)
{
    m_lockReason = reason;
    showLocks();
}

void VariationList::showLocks()
{
    for (const Row& row : std::as_const(m_rows)) {
        row.onField->setLocked(m_lockReason);
        row.strengthField->setLocked(m_lockReason);
        row.strength->setEnabled(m_lockReason.isEmpty() && row.on->isChecked());
    }
}

} // namespace digitpad
