#include "ui/training/fieldgroup.h"

#include "ui/training/formfield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>

namespace digitpad {

namespace {

constexpr int leastTitle = 16; ///< Characters of a title, with the arrow beside it.

} // namespace

FieldGroup::FieldGroup(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QFormLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_layout->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

FormField* FieldGroup::add(const QString& label, QWidget* editor, const QString& option, const QString& help)
{
    editor->setObjectName(option);
    auto* field = new FormField(editor, help, this);
    auto* text = new QLabel(label, this);
    // One width in all groups, so that the editors stand in one column.
    text->setMinimumWidth(fontMetrics().horizontalAdvance(tr("Label smoothing")) + 6);
    text->setMinimumHeight(editor->sizeHint().height());
    text->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    text->setBuddy(editor);
    text->setToolTip(field->toolTip());
    m_layout->addRow(text, field);
    editor->setAccessibleName(QString(label).remove(u'&'));
    m_fields.append(field);
    return field;
}

FormField* FieldGroup::addBox(QCheckBox* box, const QString& option, const QString& help)
{
    box->setObjectName(option);
    auto* field = new FormField(box, help, this);
    m_layout->addRow(field);
    m_fields.append(field);
    return field;
}

QComboBox* FieldGroup::addCombo(const QString& label, const QString& option, const QString& help,
                                const QList<QPair<QString, QString>>& entries)
{
    auto* combo = new QComboBox(this);
    for (const auto& [name, title] : entries) {
        combo->addItem(title, name);
    }
    // Wide enough for all of its titles where the form may be, and narrower where it must.
    combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    combo->setMinimumWidth(combo->fontMetrics().averageCharWidth() * leastTitle);
    add(label, combo, option, help);
    return combo;
}

void FieldGroup::addWide(QWidget* widget)
{
    m_layout->addRow(widget);
}

void FieldGroup::addBelow(QWidget* widget)
{
    m_layout->addRow(QString(), widget);
}

void FieldGroup::setRowVisible(QWidget* widget, bool visible)
{
    m_layout->setRowVisible(widget, visible);
}

void selectData(QComboBox* combo, const QString& data)
{
    if (const int index = combo->findData(data); index >= 0) {
        combo->setCurrentIndex(index);
    }
}

QString wrappedTip(const QString& text)
{
    return QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")));
}

} // namespace digitpad
