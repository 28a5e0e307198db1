#pragma once

#include "core/learning/runoptions.h"

#include <QList>
#include <QWidget>

#include <string>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace digitpad {

class Disclosure;
class FieldGroup;
class FormField;
class NumberField;

/// One section of the form: the fields for a part of the options, those that few need under More.
class FormSection : public QWidget
{
    Q_OBJECT

public:
    /// `name` is what its state is remembered under.
    FormSection(const QString& name, const QString& title, QWidget* parent = nullptr);
    ~FormSection() override;

    [[nodiscard]] QString name() const { return m_name; }
    [[nodiscard]] Disclosure* disclosure() const { return m_disclosure; }
    /// Null where nothing is under More.
    [[nodiscard]] Disclosure* more() const { return m_more; }

    /// Writes what the fields say into `options`.
    virtual void store(RunOptions& options) const;
    /// Shows its part of `options`. edited() may come meanwhile.
    virtual void load(const RunOptions& options);
    /// After every change anywhere in the form: what follows from the options.
    virtual void follow(const RunOptions& /*options*/) {}
    /// A few words, for when the section is closed.
    [[nodiscard]] virtual QString summary(const RunOptions& options) const = 0;
    /// What is typed that is no value at all: option and sentence.
    [[nodiscard]] virtual QList<QPair<QString, QString>> unreadable() const;
    /// Empty unlocks.
    virtual void setLocked(const QString& reason);

    /// Null where the option is not here.
    [[nodiscard]] FormField* field(const QString& option) const;
    [[nodiscard]] QList<FormField*> fields() const;
    /// Opens what hides the field, and gives it the focus.
    void showField(FormField* field);

Q_SIGNALS:
    void edited();
    /// Something was typed, and is over with.
    void editingEnded();

protected:
    FieldGroup* addGroup();
    FieldGroup* addMore();
    void addWide(QWidget* widget);
    /// The editor shows and stores that member. A number that is none is stored as 0.
    void bind(NumberField* editor, double TrainingOptions::*member);
    void bind(QSpinBox* editor, int TrainingOptions::*member);
    void bind(QComboBox* editor, std::string TrainingOptions::*member);
    void bind(QCheckBox* editor, bool TrainingOptions::*member);
    /// edited() follows every change of the editors in the groups; to be called when they are complete.
    void watchEditors();

private:
    template <class Editor, class Value>
    struct Binding
    {
        Editor* editor;
        Value TrainingOptions::*member;
    };

    void watch(FormField* field);

    QList<Binding<NumberField, double>> m_numbers;
    QList<Binding<QSpinBox, int>> m_wholes;
    QList<Binding<QComboBox, std::string>> m_choices;
    QList<Binding<QCheckBox, bool>> m_boxes;
    QString m_name;
    Disclosure* m_disclosure;
    Disclosure* m_more = nullptr;
    QList<FieldGroup*> m_groups;
};

} // namespace digitpad
