#include "ui/training/formsection.h"

#include "ui/training/disclosure.h"
#include "ui/training/fieldgroup.h"
#include "ui/training/formfield.h"
#include "ui/training/numberfield.h"
#include "ui/training/seedfield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

namespace digitpad {

FormSection::FormSection(const QString& name, const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_name(name)
    , m_disclosure(new Disclosure(title, true, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_disclosure);
}

FormSection::~FormSection()
{
    // A field that has the focus ends its editing while it is destroyed, after this.
    const auto all = fields();
    for (const FormField* field : all) {
        field->editor()->disconnect(this);
    }
}

FieldGroup* FormSection::addGroup()
{
    auto* group = new FieldGroup(this);
    addWide(group);
    m_groups.append(group);
    return group;
}

FieldGroup* FormSection::addMore()
{
    m_more = new Disclosure(tr("More"), false, this);
    addWide(m_more);
    auto* group = new FieldGroup(this);
    m_more->body()->addWidget(group);
    m_groups.append(group);
    return group;
}

void FormSection::addWide(QWidget* widget)
{
    m_disclosure->body()->addWidget(widget);
}

void FormSection::bind(NumberField* editor, double TrainingOptions::*member)
{
    m_numbers.append({editor, member});
}

void FormSection::bind(QSpinBox* editor, int TrainingOptions::*member)
{
    m_wholes.append({editor, member});
}

void FormSection::bind(QComboBox* editor, std::string TrainingOptions::*member)
{
    m_choices.append({editor, member});
}

void FormSection::bind(QCheckBox* editor, bool TrainingOptions::*member)
{
    m_boxes.append({editor, member});
}

void FormSection::store(RunOptions& options) const
{
    TrainingOptions& training = options.training;
    for (const auto& [editor, member] : m_numbers) {
        training.*member = editor->value().value_or(0);
    }
    for (const auto& [editor, member] : m_wholes) {
        training.*member = editor->value();
    }
    for (const auto& [editor, member] : m_choices) {
        training.*member = editor->currentData().toString().toStdString();
    }
    for (const auto& [editor, member] : m_boxes) {
        training.*member = editor->isChecked();
    }
}

void FormSection::load(const RunOptions& options)
{
    const TrainingOptions& training = options.training;
    for (const auto& [editor, member] : m_choices) {
        selectData(editor, QString::fromStdString(training.*member));
    }
    for (const auto& [editor, member] : m_numbers) {
        editor->setValue(training.*member);
    }
    for (const auto& [editor, member] : m_wholes) {
        editor->setValue(training.*member);
    }
    for (const auto& [editor, member] : m_boxes) {
        editor->setChecked(training.*member);
    }
}

QList<QPair<QString, QString>> FormSection::unreadable() const
{
    QList<QPair<QString, QString>> found;
    for (const auto& binding : m_numbers) {
        if (!binding.editor->value()) {
            found.append(
                {binding.editor->objectName(), tr("This is no number; type one such as 0.001 or 1e-3.")});
        }
    }
    return found;
}

void FormSection::watchEditors()
{
    const auto all = fields();
    for (FormField* field : all) {
        watch(field);
    }
}

void FormSection::watch(FormField* field)
{
    QWidget* editor = field->editor();
    if (auto* number = qobject_cast<NumberField*>(editor)) {
        connect(number, &NumberField::edited, this, &FormSection::edited);
    } else if (auto* seed = qobject_cast<SeedField*>(editor)) {
        connect(seed, &SeedField::valueChanged, this, &FormSection::edited);
    } else if (auto* whole = qobject_cast<QSpinBox*>(editor)) {
        connect(whole, &QSpinBox::valueChanged, this, &FormSection::edited);
    } else if (auto* part = qobject_cast<QDoubleSpinBox*>(editor)) {
        connect(part, &QDoubleSpinBox::valueChanged, this, &FormSection::edited);
    } else if (auto* combo = qobject_cast<QComboBox*>(editor)) {
        connect(combo, &QComboBox::currentIndexChanged, this, &FormSection::edited);
    } else if (auto* box = qobject_cast<QCheckBox*>(editor)) {
        connect(box, &QCheckBox::toggled, this, &FormSection::edited);
    } else if (auto* line = qobject_cast<QLineEdit*>(editor)) {
        connect(line, &QLineEdit::textChanged, this, &FormSection::edited);
        connect(line, &QLineEdit::editingFinished, this, &FormSection::editingEnded);
    }
    if (auto* box = qobject_cast<QAbstractSpinBox*>(editor)) {
        connect(box, &QAbstractSpinBox::editingFinished, this, &FormSection::editingEnded);
    }
}

FormField* FormSection::field(const QString& option) const
{
    const auto all = fields();
    for (FormField* one : all) {
        if (one->editor()->objectName() == option) {
            return one;
        }
    }
    return nullptr;
}

QList<FormField*> FormSection::fields() const
{
    QList<FormField*> all;
    for (const FieldGroup* group : m_groups) {
        all += group->fields();
    }
    return all;
}

void FormSection::showField(FormField* field)
{
    m_disclosure->setOpen(true);
    if (m_more != nullptr && m_more->isAncestorOf(field)) {
        m_more->setOpen(true);
    }
    field->editor()->setFocus();
}

void FormSection::setLocked(const QString& reason)
{
    const auto all = fields();
    for (FormField* field : all) {
        field->setLocked(reason);
    }
}

} // namespace digitpad
