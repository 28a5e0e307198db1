#pragma once

#include <QList>
#include <QPair>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;

namespace digitpad {

class FormField;

/// Fields under each other with their labels before them, in a narrow column. The editors are named as their
/// options are in JSON.
class FieldGroup : public QWidget
{
    Q_OBJECT

public:
    explicit FieldGroup(QWidget* parent = nullptr);

    /// Takes the editor. `label` may have a mnemonic.
    FormField* add(const QString& label, QWidget* editor, const QString& option, const QString& help);
    /// A box brings its own words.
    FormField* addBox(QCheckBox* box, const QString& option, const QString& help);
    /// Names and titles; the name is the entry's data.
    QComboBox* addCombo(const QString& label, const QString& option, const QString& help,
                        const QList<QPair<QString, QString>>& entries);
    /// Something over the whole width.
    void addWide(QWidget* widget);
    /// In the editors' column.
    void addBelow(QWidget* widget);
    void setRowVisible(QWidget* widget, bool visible);
    [[nodiscard]] const QList<FormField*>& fields() const { return m_fields; }

private:
    QFormLayout* m_layout;
    QList<FormField*> m_fields;
};

/// Chooses the entry with that data, where there is one.
void selectData(QComboBox* combo, const QString& data);
/// Words for tooltips of many lines.
QString wrappedTip(const QString& text);

} // namespace digitpad
